package io.freshet.gateway.durable;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A line of the recording: what was asked in which situation, and what the original answered. */
record Exchange(String name, JsonNode line) {
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static List<Exchange> all() {
        try (InputStream lines =
                Objects.requireNonNull(Exchange.class.getResourceAsStream("/durable-exchanges.jsonl"))) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(Exchange::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Exchange parse(String line) {
        try {
            JsonNode json = JSON.readTree(line);
            return new Exchange(json.path("case").asText(), json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode request() {
        return line.path("request");
    }

    JsonNode setup() {
        return line.path("setup");
    }

    JsonNode vars() {
        return line.path("vars");
    }

    JsonNode during() {
        return line.path("during").path("step");
    }

    boolean isOfTheStarter() {
        return line.path("via").asText().equals("starter");
    }

    Reply response() {
        JsonNode response = line.path("response");
        return new Reply(
                response.path("status").asInt(),
                header(response, "Content-Type"),
                header(response, "Location"),
                header(response, "Retry-After"),
                header(response, "x-ms-continuation-token"),
                response.path("body").asBoolean() ? response.path("json") : null);
    }

    private static String header(JsonNode response, String name) {
        JsonNode value = response.path("headers").path(name);
        return value.isMissingNode() ? null : value.asText();
    }

    @Override
    public String toString() {
        return name;
    }
}
