/** What goes wrong: a proxy between services and storage, which sees every request and can spoil any, and clocks that are wrong. */
@NullMarked
package io.freshet.harness.fault;

import org.jspecify.annotations.NullMarked;
