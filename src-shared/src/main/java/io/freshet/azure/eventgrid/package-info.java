/** Event Grid: a SmallRye connector to publish, a parser for what it delivers. */
@NullMarked
package io.freshet.azure.eventgrid;

import org.jspecify.annotations.NullMarked;
