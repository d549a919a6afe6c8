/** Ports to events: what storage says of new blobs, and what is published for others. */
@NullMarked
package io.freshet.event;

import org.jspecify.annotations.NullMarked;
