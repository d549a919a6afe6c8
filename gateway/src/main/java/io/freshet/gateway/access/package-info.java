/** Who is calling, and what they may do: keys, tokens, tickets, and the answers to requests that are not let in. */
@NullMarked
package io.freshet.gateway.access;

import org.jspecify.annotations.NullMarked;
