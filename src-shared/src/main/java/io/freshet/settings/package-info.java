/** How a feature declares what users can set and which values are valid; refuses a start that cannot work. */
@NullMarked
package io.freshet.settings;

import org.jspecify.annotations.NullMarked;
