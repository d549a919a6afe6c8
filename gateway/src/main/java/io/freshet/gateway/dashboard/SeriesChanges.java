package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.gateway.dashboard.View.Event;

import java.util.ArrayList;
import java.util.List;

/** The points of a series that are new or have changed; the whole series after a gap. */
final class SeriesChanges {
    private static final List<String> COLUMNS = List.of("waiting", "inFlight", "workers", "pods", "nodes");
    private static final int MOST = 60;

    private SeriesChanges() {}

    static List<Event> between(JsonNode before, JsonNode now) {
        if (now.isMissingNode()) {
            return List.of();
        }
        long end = end(before);
        if (before.isMissingNode() || end < from(now) || end(now) - end > MOST || end(now) < end) {
            return List.of(new Event("series", now));
        }
        List<Event> points = new ArrayList<>();
        for (long number = end; number <= end(now); number++) {
            ArrayNode values = values(now, number);
            if (number > end || !values.equals(values(before, number))) {
                ObjectNode point = JsonNodeFactory.instance.objectNode().put("at", number * step(now));
                point.set("values", values);
                points.add(new Event("point", point));
            }
        }
        return points;
    }

    private static long step(JsonNode series) {
        return Math.max(1, series.path("step").asLong());
    }

    private static long from(JsonNode series) {
        return series.path("from").asLong() / step(series);
    }

    private static long end(JsonNode series) {
        return from(series) + series.path(COLUMNS.getFirst()).size() - 1;
    }

    private static ArrayNode values(JsonNode series, long number) {
        ArrayNode values = JsonNodeFactory.instance.arrayNode();
        int at = Math.toIntExact(number - from(series));
        COLUMNS.forEach(column -> values.add(
                at >= 0 && series.path(column).has(at)
                        ? series.path(column).get(at)
                        : JsonNodeFactory.instance.nullNode()));
        return values;
    }
}
