/** Programs that we start, none of which outlives us. */
@NullMarked
package io.freshet.harness.process;

import org.jspecify.annotations.NullMarked;
