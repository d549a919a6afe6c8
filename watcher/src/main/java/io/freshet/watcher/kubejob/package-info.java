/** Jobs on Kubernetes. The only package that knows a cluster; what is in it is built by pure functions. */
@NullMarked
package io.freshet.watcher.kubejob;

import org.jspecify.annotations.NullMarked;
