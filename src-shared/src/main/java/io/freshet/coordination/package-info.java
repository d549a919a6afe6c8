/** Brings an instance from what it is to what comes next. */
@NullMarked
package io.freshet.coordination;

import org.jspecify.annotations.NullMarked;
