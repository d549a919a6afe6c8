/** What is shown of runs and of the cluster, gathered for all who look. */
@NullMarked
package io.freshet.watcher.dashboard;

import org.jspecify.annotations.NullMarked;
