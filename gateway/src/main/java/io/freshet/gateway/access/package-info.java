/** Who calls, and what they may do: keys, tokens, tickets, and the answers to those who may not. */
@NullMarked
package io.freshet.gateway.access;

import org.jspecify.annotations.NullMarked;
