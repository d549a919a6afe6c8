/** What operators see: starts that are refused, stops, overload, storage that is away. */
@NullMarked
package io.freshet.system.operation;

import org.jspecify.annotations.NullMarked;
