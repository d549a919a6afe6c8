/** The contract: what operations accept and answer, as the OpenAPI document describes it. Refuses what they do not accept. */
@NullMarked
package io.freshet.gateway.contract;

import org.jspecify.annotations.NullMarked;
