/** Where operators look: health and metrics, apart from what clients see. */
@NullMarked
package io.freshet.management;

import org.jspecify.annotations.NullMarked;
