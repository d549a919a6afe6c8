/** A job as clients see it, whoever shows it to them. */
@NullMarked
package io.freshet.job;

import org.jspecify.annotations.NullMarked;
