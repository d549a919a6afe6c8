/** What the original answered, replayed against the gateway. */
@NullMarked
package io.freshet.gateway.durable;

import org.jspecify.annotations.NullMarked;
