/** Who may work on what: leases on index blobs, and messages. */
@NullMarked
package io.freshet.worker.claim;

import org.jspecify.annotations.NullMarked;
