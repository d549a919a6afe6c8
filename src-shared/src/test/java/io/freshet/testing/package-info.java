/** Fixtures that the tests of all modules share. */
package io.freshet.testing;
