/** Orchestrations: the runs of their steps, and when to look at which instance. */
@NullMarked
package io.freshet.watcher.instances;

import org.jspecify.annotations.NullMarked;
