/** An orchestration's instance, pure Java: what a client started, where it is, what happened to it. */
@NullMarked
package io.freshet.instance;

import org.jspecify.annotations.NullMarked;
