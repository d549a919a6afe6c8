/** What is to be done next, from what storage says; every step may be repeated. */
@NullMarked
package io.freshet.watcher.reconcile;

import org.jspecify.annotations.NullMarked;
