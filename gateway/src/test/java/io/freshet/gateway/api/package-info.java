/** The gateway as its clients meet it: over HTTP, with a real storage emulator behind it. */
@NullMarked
package io.freshet.gateway.api;

import org.jspecify.annotations.NullMarked;
