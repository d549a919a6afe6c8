package io.freshet.azure.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;

/** Turns payloads into text. */
@Singleton
final class MessageText {
    private final ObjectMapper json;

    MessageText(ObjectMapper json) {
        this.json = json;
    }

    /** Text and bytes of UTF-8 as they are, all else as JSON; MALFORMED for what has no JSON. */
    String of(Object payload) {
        return switch (payload) {
            case String text -> text;
            case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
            case Buffer buffer -> buffer.toString(StandardCharsets.UTF_8);
            case io.vertx.mutiny.core.buffer.Buffer buffer -> buffer.toString(StandardCharsets.UTF_8);
            default -> json(payload);
        };
    }

    private String json(Object payload) {
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new Permanent(
                    FailureCode.MALFORMED, "No JSON of " + payload.getClass().getName(), e);
        }
    }
}
