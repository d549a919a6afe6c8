/** How a feature says what users can set and what it may be, and how a start is refused that cannot work. */
@NullMarked
package io.freshet.settings;

import org.jspecify.annotations.NullMarked;
