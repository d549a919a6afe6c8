/** How many workers there should be: KEDA's external scaler. */
@NullMarked
package io.freshet.watcher.scaler;

import org.jspecify.annotations.NullMarked;
