/** What users set about a worker. */
@NullMarked
package io.freshet.worker;

import org.jspecify.annotations.NullMarked;
