/** Results and rejected lines, streamed from storage to the client. */
@NullMarked
package io.freshet.gateway.results;

import org.jspecify.annotations.NullMarked;
