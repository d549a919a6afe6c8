/** When the watcher looks after which run. */
@NullMarked
package io.freshet.watcher.lifecycle;

import org.jspecify.annotations.NullMarked;
