/** Freshet from outside: starts and ends its processes and its storage, and speaks to it as its clients do. */
@NullMarked
package io.freshet.harness;

import org.jspecify.annotations.NullMarked;
