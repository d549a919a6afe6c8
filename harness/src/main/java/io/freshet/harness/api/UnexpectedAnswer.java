package io.freshet.harness.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;

/** The gateway answered something else than what was asked for. */
public final class UnexpectedAnswer extends AssertionError {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int status;
    private final String answer;

    /** @param what was asked, such as {@code GET /jobs} */
    UnexpectedAnswer(String what, int status, String body) {
        super(what + " was answered " + HttpResponseStatus.valueOf(status) + explanation(body));
        this.status = status;
        this.answer = HttpResponseStatus.valueOf(status) + explanation(body);
    }

    public int status() {
        return status;
    }

    /** The status, and what the gateway said of it. */
    public String answer() {
        return answer;
    }

    /** Whether asking again may help. */
    public boolean passes() {
        return status / 100 == 5;
    }

    private static String explanation(String body) {
        try {
            JsonNode problem = JSON.readTree(body);
            String detail = problem.path("detail").asText(problem.path("title").asText(""));
            return ": " + (detail.isEmpty() ? body.strip() : detail);
        } catch (JsonProcessingException e) {
            return body.isBlank() ? "" : ": " + body.strip().lines().findFirst().orElse("");
        }
    }
}
