/** The results of all parts, in order, in one blob. */
@NullMarked
package io.freshet.worker.merge;

import org.jspecify.annotations.NullMarked;
