/** What happened, from events and messages, into the run's document. */
@NullMarked
package io.freshet.watcher.progress;

import org.jspecify.annotations.NullMarked;
