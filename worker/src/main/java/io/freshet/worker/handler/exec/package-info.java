/** Any program as a computation: lines on its standard input, result lines on its standard output. */
@NullMarked
package io.freshet.worker.handler.exec;

import org.jspecify.annotations.NullMarked;
