package io.freshet.gateway.http;

import io.freshet.gateway.problem.ProblemType;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;

import java.nio.charset.StandardCharsets;

/**
 * Why a request is not served.
 *
 * @param detail for the client
 */
record Refusal(int status, String detail) {

    /** The problem, as JSON. */
    byte[] body() {
        return new JsonObject()
                .put("type", ProblemType.REFUSED.urn())
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail)
                .encode()
                .getBytes(StandardCharsets.UTF_8);
    }
}
