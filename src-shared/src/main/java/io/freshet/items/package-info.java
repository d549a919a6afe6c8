/** Where the work items of a run lie in storage, what is known of each there, and how they are told apart by name. */
@NullMarked
package io.freshet.items;

import org.jspecify.annotations.NullMarked;
