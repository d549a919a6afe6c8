/** What every service has as a process: its clock, its liveness, and a port for those who operate it. */
@NullMarked
package io.freshet.process;

import org.jspecify.annotations.NullMarked;
