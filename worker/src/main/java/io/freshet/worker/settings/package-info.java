/** What users set of a worker, feature by feature. */
@NullMarked
package io.freshet.worker.settings;

import org.jspecify.annotations.NullMarked;
