/** Response bodies that are produced while they are sent. */
@NullMarked
package io.freshet.gateway.streaming;

import org.jspecify.annotations.NullMarked;
