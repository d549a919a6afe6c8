/** Takes Event Grid's deliveries by HTTP. */
@NullMarked
package io.freshet.watcher.eventgrid;

import org.jspecify.annotations.NullMarked;
