/** The packaged services against a storage emulator: scenarios by subject, on a Freshet that they share where they can. */
@NullMarked
package io.freshet.system;

import org.jspecify.annotations.NullMarked;
