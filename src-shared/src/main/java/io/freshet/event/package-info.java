/** Ports for events: storage's reports of new blobs, and the events that Freshet publishes. */
@NullMarked
package io.freshet.event;

import org.jspecify.annotations.NullMarked;
