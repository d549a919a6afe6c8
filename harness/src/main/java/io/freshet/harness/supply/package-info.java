/** What the packaged services contain, and whether we may hand it on. */
@NullMarked
package io.freshet.harness.supply;

import org.jspecify.annotations.NullMarked;
