/** The commands that make runs. */
@NullMarked
package io.freshet.harness.command;

import org.jspecify.annotations.NullMarked;
