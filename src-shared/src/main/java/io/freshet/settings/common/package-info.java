/** What users set of every service alike. */
@NullMarked
package io.freshet.settings.common;

import org.jspecify.annotations.NullMarked;
