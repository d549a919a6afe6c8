/** The benchmarks: each figure beside its reference. */
@NullMarked
package io.freshet.harness.bench;

import org.jspecify.annotations.NullMarked;
