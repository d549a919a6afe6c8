/** Workloads that are played again and again while something else goes wrong each time. */
@NullMarked
package io.freshet.system.crash;

import org.jspecify.annotations.NullMarked;
