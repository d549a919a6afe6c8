/** The README's tour: its commands, and the shape of what they print. */
@NullMarked
package io.freshet.system.tour;

import org.jspecify.annotations.NullMarked;
