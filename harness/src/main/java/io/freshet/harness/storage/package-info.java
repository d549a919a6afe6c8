/** The storage emulator. */
@NullMarked
package io.freshet.harness.storage;

import org.jspecify.annotations.NullMarked;
