/** Azure Storage queues as a SmallRye connector. */
@NullMarked
package io.freshet.azure.queue;

import org.jspecify.annotations.NullMarked;
