/** Answers that are sent while they come into being. */
@NullMarked
package io.freshet.gateway.streaming;

import org.jspecify.annotations.NullMarked;
