package io.freshet.harness.fault;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;

/** What storage answered, or what a service is told instead. */
public record Answer(int status, MultiMap headers, Buffer body) {
    static final String ERROR_CODE = "x-ms-error-code";

    /** An error as storage words it: status, code such as {@code ServerBusy}. */
    public static Answer error(int status, String code) {
        Buffer body = Buffer.buffer("<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code
                + "</Code><Message>Made by a test.</Message></Error>");
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add(ERROR_CODE, code)
                .add("Content-Type", "application/xml")
                .add("x-ms-version", "2021-12-02");
        return new Answer(status, headers, body);
    }

    /** Storage is busy and says when to come back. */
    public static Answer busy(int retryAfterSeconds) {
        Answer answer = error(503, "ServerBusy");
        answer.headers().add("Retry-After", Integer.toString(retryAfterSeconds));
        return answer;
    }

    public String header(String name) {
        String value = headers.get(name);
        return value == null ? "" : value;
    }

    public boolean succeeded() {
        return status < 300;
    }

    public String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** Status, and the error's code if it is one. */
    String summary() {
        return (status + " " + header(ERROR_CODE)).strip();
    }
}
