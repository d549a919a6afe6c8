package io.freshet.gateway.orchestrations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.freshet.instance.Instance;
import io.freshet.instance.RaisedEvent;
import io.freshet.instance.RuntimeStatus;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An instance in the form that the original's clients read.
 *
 * @param withInput whether to show the input
 * @param history absent if no history is requested
 */
record StatusJson(boolean withInput, @Nullable HistoryJson history) {

    static StatusJson wanted(Query query) {
        boolean withInput = query.flag("showInput", true);
        HistoryJson history = query.flag("showHistory", false)
                ? new HistoryJson(withInput, query.flag("showHistoryOutput", false))
                : null;
        return new StatusJson(withInput, history);
    }

    static final StatusJson PLAIN = new StatusJson(true, null);

    /** @param untaken raised events that the instance has not waited for yet; read only if a history is requested */
    ObjectNode of(Instance instance, List<RaisedEvent> untaken) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("name", instance.request().name());
        if (instance.request().version() != null) {
            json.put("version", instance.request().version());
        }
        json.put("instanceId", instance.id().text())
                .put("runtimeStatus", instance.status().label());
        json.set("input", withInput ? input(instance) : NullNode.instance);
        json.set("customStatus", HistoryJson.value(instance.values().customStatus()));
        json.set("output", HistoryJson.value(instance.values().output()));
        json.put("createdTime", seconds(instance.created())).put("lastUpdatedTime", seconds(instance.updated()));
        return wantsHistoryOf(instance) && history != null
                ? json.set("historyEvents", history.of(instance, untaken))
                : json;
    }

    /** A pending instance has none to show. */
    boolean wantsHistoryOf(Instance instance) {
        return history != null && instance.status() != RuntimeStatus.PENDING;
    }

    private static JsonNode input(Instance instance) {
        String input = instance.request().input();
        return input != null && input.isEmpty() ? TextNode.valueOf("") : HistoryJson.value(input);
    }

    private static String seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
