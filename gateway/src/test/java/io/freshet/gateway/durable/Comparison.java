package io.freshet.gateway.durable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Brings two answers into the form in which they have to be equal: without times, generated ids, and the hub's name. */
final class Comparison {
    private static final Set<String> TIMES = Set.of("createdTime", "lastUpdatedTime");
    private static final Set<String> NOT_COMPARED = Set.of("StackTrace", "Details", "rewindPostUri");

    private Comparison() {}

    static Reply comparable(Reply reply) {
        return new Reply(
                reply.status(),
                reply.type(),
                reply.location() == null ? null : text(reply.location()),
                reply.retryAfter(),
                reply.token() == null ? null : "there is one",
                reply.json() == null ? null : json("", reply.json()));
    }

    private static JsonNode json(String name, JsonNode value) {
        if (value.isObject()) {
            ObjectNode object = Exchange.JSON.createObjectNode();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                if (!NOT_COMPARED.contains(member.getKey())) {
                    object.set(member.getKey(), json(member.getKey(), member.getValue()));
                }
            }
            return object;
        }
        if (value.isArray()) {
            ArrayNode array = Exchange.JSON.createArrayNode();
            value.forEach(element -> array.add(json("", element)));
            return array;
        }
        return value.isTextual() ? TextNode.valueOf(value(name, value.asText())) : value;
    }

    private static String value(String name, String text) {
        if (TIMES.contains(name)) {
            return text.replaceAll("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$", "a time");
        }
        if (name.equals("Timestamp")) {
            return text.replaceAll("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,7})?Z$", "a time");
        }
        if (name.equals("ScheduledTime")) {
            return text.replaceAll("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,7})?\\+00:00$", "a time");
        }
        return text(text);
    }

    private static String text(String text) {
        return text.replaceAll("taskHub=\\w+", "taskHub=HUB")
                .replaceAll("&code=SYSTEMKEY", "")
                .replaceAll("\\b[0-9a-f]{32}\\b", "a generated id")
                .replaceAll("(known orchestrator functions: ).*", "$1…");
    }

    /** The order of what has times: of a list by id none, of a history ascending. */
    static List<String> times(JsonNode history) {
        List<String> times = new ArrayList<>();
        history.forEach(event -> times.add(event.path("Timestamp").asText()));
        return times;
    }
}
