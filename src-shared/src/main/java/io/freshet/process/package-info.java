/** What every service has as a process: a clock, a liveness check, and a management port for health and metrics. */
@NullMarked
package io.freshet.process;

import org.jspecify.annotations.NullMarked;
