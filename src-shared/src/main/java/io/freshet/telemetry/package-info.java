/** Names of log fields and metrics, and what is kept out of the log. */
@NullMarked
package io.freshet.telemetry;

import org.jspecify.annotations.NullMarked;
