/** Looks for what is wrong with an installation, from where the watcher stands. */
@NullMarked
package io.freshet.watcher.doctor;

import org.jspecify.annotations.NullMarked;
