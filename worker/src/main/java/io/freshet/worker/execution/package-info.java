/** The computation: the one interface that a user implements, and what feeds it. */
@NullMarked
package io.freshet.worker.execution;

import org.jspecify.annotations.NullMarked;
