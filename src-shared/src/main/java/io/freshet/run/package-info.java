/** The language of the product: a run, its ordered work items, its state and its progress. Pure Java. */
@NullMarked
package io.freshet.run;

import org.jspecify.annotations.NullMarked;
