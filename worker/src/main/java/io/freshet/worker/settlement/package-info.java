/** How an attempt on an item ends: committed, to be tried again, or given up. */
@NullMarked
package io.freshet.worker.settlement;

import org.jspecify.annotations.NullMarked;
