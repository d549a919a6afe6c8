/** What every call to Azure has in common: time-out, retries, translation of failures, metrics. */
@NullMarked
package io.freshet.azure;

import org.jspecify.annotations.NullMarked;
