/** What becomes of orchestrations. */
@NullMarked
package io.freshet.system.orchestration;

import org.jspecify.annotations.NullMarked;
