/** What users set of the gateway, feature by feature. */
@NullMarked
package io.freshet.gateway.settings;

import org.jspecify.annotations.NullMarked;
