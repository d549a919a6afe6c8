/** Telling the world that a run has ended. */
@NullMarked
package io.freshet.watcher.report;

import org.jspecify.annotations.NullMarked;
