/** What is told about a process: names of log fields and metrics, what is left out of the log, whether it is alive. */
@NullMarked
package io.freshet.telemetry;

import org.jspecify.annotations.NullMarked;
