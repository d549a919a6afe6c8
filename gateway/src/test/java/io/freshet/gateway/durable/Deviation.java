package io.freshet.gateway.durable;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import static org.assertj.core.api.Assertions.assertThat;

/** Where a client is better served than by the original. @param why the row that it stands for */
record Deviation(String why, int status, Consumer<JsonNode> body) {
    static final Map<String, Deviation> CASES = new HashMap<>();

    private static final Consumer<JsonNode> NOTHING = json -> assertThat(json).isNull();
    private static final Consumer<JsonNode> MESSAGE = json -> {
        assertThat(json.path("Message").asText()).isNotBlank();
        assertThat(json.has("StackTrace")).isFalse();
    };

    static {
        unknownFunction();
        notOurMistake();
        ids();
        purges();
        lists();
        decodedOnce();
        hosts();
    }

    void check(Reply reply) {
        assertThat(reply.status()).as(why).isEqualTo(status);
        body.accept(reply.json());
        if (reply.json() != null) {
            assertThat(reply.type()).isEqualTo("application/json; charset=utf-8");
        }
    }

    private static void unknownFunction() {
        String why = "an unknown function is refused, not started to fail";
        Consumer<JsonNode> text = message("doesn't exist, is disabled, or is not an orchestrator function.");
        put(why, 400, text, "start-unknown-function", "start-unknown-function-id", "start-activity-name");
        put(why, 400, text, "starter-unknown-function");
        Consumer<JsonNode> forPython =
                text.andThen(json -> assertThat(json.path("ExceptionMessage")).isEqualTo(json.path("Message")));
        put(
                "a disabled function is unknown, and clients for Python find the text",
                400,
                forPython,
                "start-disabled-function");
        put(why, 404, NOTHING, "start-unknown-function-id-then-status");
    }

    private static void notOurMistake() {
        String why = "a request that cannot be understood is the client's mistake";
        put(why, 400, MESSAGE, "start-invalid-json", "start-unknown-function-bad-json", "list-top-minus");
        put(why, 400, MESSAGE, "start-wait-infinity", "start-wait-huge");
        put("what is so already stays so", 202, NOTHING, "suspend-suspended", "resume-running");
        put("what is refused is not started", 404, NOTHING, "start-wait-interval-longer-then-status");
    }

    private static void ids() {
        String why = "ids are checked by the documented rules";
        for (String odd : List.of("at", "hash", "backslash", "control")) {
            put(why, 400, message("An instance id"), "start-id-odd-" + odd);
            put(why, 404, NOTHING, "start-id-odd-" + odd + "-then-status");
        }
        for (String odd : List.of("question", "newline", "long-101", "long-300")) {
            put(why, 404, NOTHING, "start-id-odd-" + odd + "-then-status");
        }
        put(why, 400, message("An instance id"), "start-id-odd-entity", "start-id-odd-long-300", "start-id-odd-nul");
        put(why, 400, message("An instance id"), "starter-id-at");
    }

    private static void purges() {
        String names = "a status is understood without case";
        put(names, 200, deleted(1), "purge-filter-status-lower-case");
        put(names, 200, ids("p-2", "p-4"), "purge-filter-status-lower-case-then-list");
        String finished = "only finished instances are purged";
        put(finished, 404, NOTHING, "purge-filter-running-only", "purge-filter-pending-only");
        put(finished, 200, ids("p-10", "p-6", "p-7", "p-8", "p-9"), "purge-filter-running-only-then-list");
        put(finished, 200, ids("p-2", "p-3", "p-4"), "purge-filter-pending-only-then-list");
        put(finished, 200, deleted(3), "purge-filter-from-only");
        put(finished, 200, ids("p-10", "p-9"), "purge-filter-from-only-then-list");
        String refused = "a value that is not understood purges nothing";
        put(refused, 400, MESSAGE, "purge-filter-unknown-status", "purge-filter-to-malformed");
        put("instanceIdPrefix counts here, too", 404, NOTHING, "purge-filter-prefix");
    }

    private static void lists() {
        String refused = "a value that is not understood lists nothing";
        put(refused, 400, MESSAGE, "list-status-unknown-only", "list-status-unknown-mixed");
        put(refused, 400, MESSAGE, "list-from-malformed", "list-from-epoch", "list-to-malformed");
        put("a status is understood without case", 200, ids("l-1", "l-2"), "list-status-lower-case");
        put(
                "showInput=false has an effect",
                200,
                json -> json.forEach(i -> assertThat(i.path("input").isNull()).isTrue()),
                "list-show-input-false");
        put(
                "showHistory has an effect",
                200,
                json -> json.forEach(
                        i -> assertThat(i.path("historyEvents").isArray()).isTrue()),
                "list-show-history");
    }

    private static void decodedOnce() {
        String why = "paths are decoded once";
        put(why, 202, id("a b", "instances/a%20b?"), "start-id-odd-space");
        put(why, 202, id("a+b", "instances/a%2Bb?"), "start-id-odd-plus");
        put(why, 404, NOTHING, "start-id-odd-space-then-status");
        Consumer<JsonNode> plus =
                json -> assertThat(json.path("instanceId").asText()).isEqualTo("a+b");
        put(why, 200, plus, "start-id-odd-plus-then-status", "start-id-odd-plus-encoded-then-status");
        put(why, 202, id("a%20b", "instances/a%2520b?"), "start-id-odd-percent-twice");
        put(why, 404, NOTHING, "start-id-odd-percent-twice-then-status", "start-id-odd-space-only-then-status");
        put(why, 202, id(" ", "instances/%20?"), "start-id-odd-space-only");
        put("a path that is not encoded rightly is refused", 404, NOTHING, "start-id-odd-bad-percent-then-status");
        put(
                why,
                202,
                json -> assertThat(json.path("runtimeStatus").asText()).isEqualTo("Running"),
                "raise-name-plus-then-status");
    }

    private static void hosts() {
        String why = "links begin with the public address, whatever the request says";
        put(why, 202, id("s-host", "http://durable.example/runtime"), "start-host-header");
        put(why, 202, json -> {}, "status-host-header");
        put(why, 202, id("a-4", "http://durable.example/runtime"), "forwarded-start");
        put(why, 202, id("a-6", "http://durable.example/runtime"), "forwarded-host-port");
    }

    private static Consumer<JsonNode> message(String part) {
        return MESSAGE.andThen(json -> assertThat(json.path("Message").asText()).contains(part));
    }

    private static Consumer<JsonNode> deleted(int count) {
        return json -> assertThat(json.path("instancesDeleted").asInt()).isEqualTo(count);
    }

    private static Consumer<JsonNode> ids(String... ids) {
        return json -> assertThat(json.findValuesAsText("instanceId")).containsExactly(ids);
    }

    private static Consumer<JsonNode> id(String id, String link) {
        return json -> {
            assertThat(json.path("id").asText()).isEqualTo(id);
            assertThat(json.path("statusQueryGetUri").asText()).contains(link);
            assertThat(json.path("rewindPostUri").asText()).contains("/rewind?reason={text}&");
        };
    }

    private static void put(String why, int status, Consumer<JsonNode> body, String... cases) {
        for (String name : cases) {
            CASES.put(name, new Deviation(why, status, body));
        }
    }
}
