/** What becomes of jobs, by their API and in storage. */
@NullMarked
package io.freshet.system.job;

import org.jspecify.annotations.NullMarked;
