/** What goes wrong: at which request, and in which way. */
@NullMarked
package io.freshet.system.fault;

import org.jspecify.annotations.NullMarked;
