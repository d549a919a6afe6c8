/** Failures as the engine sees them: worth another try, or final. */
@NullMarked
package io.freshet.failure;

import org.jspecify.annotations.NullMarked;
