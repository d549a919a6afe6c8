package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * An item of a run.
 *
 * @param item counted from 0
 * @param state waiting, in flight, done, done with rejected lines, or failed
 * @param firstLine number of its first line in the input; absent where an item is an input of its own
 * @param attempts that failed
 * @param reason why it failed for good
 * @param output where the output lies, if there is one: container and name
 */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record ItemDocument(
        int item,
        String state,
        @Nullable Long firstLine,
        @Nullable Long lines,
        @Nullable Integer attempts,
        @Nullable String reason,
        @Nullable String output,
        @Nullable Long outputBytes,
        @Nullable Long rejectedLines) {}
