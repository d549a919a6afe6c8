/** Copies every line, to measure everything but the computing. */
@NullMarked
package io.freshet.worker.handler.identity;

import org.jspecify.annotations.NullMarked;
