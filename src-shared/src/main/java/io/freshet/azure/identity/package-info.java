/** Who we are towards Azure, from configuration. */
@NullMarked
package io.freshet.azure.identity;

import org.jspecify.annotations.NullMarked;
