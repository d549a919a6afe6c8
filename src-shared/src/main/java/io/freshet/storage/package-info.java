/** Ports to blob storage, and where a run lies in it. */
@NullMarked
package io.freshet.storage;

import org.jspecify.annotations.NullMarked;
