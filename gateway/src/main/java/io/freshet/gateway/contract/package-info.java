/** What operations take and answer, as the OpenAPI document says it. */
@NullMarked
package io.freshet.gateway.contract;

import org.jspecify.annotations.NullMarked;
