/** Ports to queues, beside the messages themselves. */
@NullMarked
package io.freshet.queue;

import org.jspecify.annotations.NullMarked;
