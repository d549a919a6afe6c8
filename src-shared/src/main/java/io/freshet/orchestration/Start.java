package io.freshet.orchestration;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.instance.Inputs;
import org.jspecify.annotations.Nullable;

/**
 * What a client started an orchestration with.
 *
 * @param instanceId of the instance
 * @param input JSON, {@code null} as a JSON null
 * @param lines inputs that came as a stream, if they did
 */
public record Start(String instanceId, JsonNode input, Inputs.@Nullable Stored lines) {

    /**
     * The inputs that are meant: those of the stream; or a count; or {@code {"inputCount":n}}, {@code {"inputs":[…]}},
     * {@code {"inputPrefix":"container/path/"}} or an array; each also as a string that holds it. Throws
     * {@link IllegalArgumentException} that says what is possible for anything else.
     */
    public Inputs inputs() {
        return lines != null ? lines : RequestedInputs.of(input);
    }
}
