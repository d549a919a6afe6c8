/** A job as clients see it: in answers of the API, in completion events, and on the dashboard. */
@NullMarked
package io.freshet.job;

import org.jspecify.annotations.NullMarked;
