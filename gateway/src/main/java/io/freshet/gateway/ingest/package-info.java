/** The way of an input from a socket, or from another blob, into storage, cut into parts as it passes. */
@NullMarked
package io.freshet.gateway.ingest;

import org.jspecify.annotations.NullMarked;
