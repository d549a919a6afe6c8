/** Brings an input from a socket into storage, or reads one that is there already, and cuts it into parts on the way. */
@NullMarked
package io.freshet.gateway.ingest;

import org.jspecify.annotations.NullMarked;
