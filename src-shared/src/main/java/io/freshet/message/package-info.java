/** Versioned wire records and their one JSON codec. */
@NullMarked
package io.freshet.message;

import org.jspecify.annotations.NullMarked;
