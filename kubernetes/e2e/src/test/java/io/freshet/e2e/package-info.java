/** Freshet on a real cluster, as operators install it and clients use it. */
@NullMarked
package io.freshet.e2e;

import org.jspecify.annotations.NullMarked;
