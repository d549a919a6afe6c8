/** The messages on queues, versioned, and their JSON codec. */
@NullMarked
package io.freshet.message;

import org.jspecify.annotations.NullMarked;
