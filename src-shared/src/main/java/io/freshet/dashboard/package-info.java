/** What is shown of runs and of the cluster: the watcher writes it, the gateway reads it. */
@NullMarked
package io.freshet.dashboard;

import org.jspecify.annotations.NullMarked;
