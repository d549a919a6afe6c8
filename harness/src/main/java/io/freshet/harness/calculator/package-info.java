/** Input for the calculator, and what has to come of it, computed by other means than the product's. */
@NullMarked
package io.freshet.harness.calculator;

import org.jspecify.annotations.NullMarked;
