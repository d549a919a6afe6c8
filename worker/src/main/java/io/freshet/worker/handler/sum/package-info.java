/** Sums of JSON arrays. */
@NullMarked
package io.freshet.worker.handler.sum;

import org.jspecify.annotations.NullMarked;
