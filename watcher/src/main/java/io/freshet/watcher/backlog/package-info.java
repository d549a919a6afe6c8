/** How much is still to be done. */
@NullMarked
package io.freshet.watcher.backlog;

import org.jspecify.annotations.NullMarked;
