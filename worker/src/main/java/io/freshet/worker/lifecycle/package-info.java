/** What a worker does from start to stop. */
@NullMarked
package io.freshet.worker.lifecycle;

import org.jspecify.annotations.NullMarked;
