/** A job as clients see it, in the API and in events. */
@NullMarked
package io.freshet.job;

import org.jspecify.annotations.NullMarked;
