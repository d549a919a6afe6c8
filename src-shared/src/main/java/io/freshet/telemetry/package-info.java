/** Names of log fields and metrics. */
@NullMarked
package io.freshet.telemetry;

import org.jspecify.annotations.NullMarked;
