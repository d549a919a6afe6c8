/** A Freshet on the cluster that {@code KUBECONFIG} names, by the programs that operators use. */
@NullMarked
package io.freshet.harness.cluster;

import org.jspecify.annotations.NullMarked;
