/** What users can set, what it may be, and how a start is refused that cannot work. */
@NullMarked
package io.freshet.settings;

import org.jspecify.annotations.NullMarked;
