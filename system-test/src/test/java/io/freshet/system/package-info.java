/** The packaged services against a storage emulator. */
package io.freshet.system;
