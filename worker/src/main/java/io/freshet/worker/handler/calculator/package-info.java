/** One operation on two numbers per line, as fast as the bytes can be read. */
@NullMarked
package io.freshet.worker.handler.calculator;

import org.jspecify.annotations.NullMarked;
