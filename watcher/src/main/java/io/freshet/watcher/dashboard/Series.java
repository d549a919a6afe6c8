package io.freshet.watcher.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.DashboardBlob;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** The last hour, with one point for every five seconds: the last known counts. */
final class Series {
    static final int STEP = 5;
    static final int LENGTH = 720;
    private static final int SILENCE = 2 * Math.toIntExact(DashboardBlob.WRITTEN_EVERY_SECONDS) / STEP;

    private final Deque<Counts> points = new ArrayDeque<>();
    /** Number of the last point, counted from 1970. */
    private long last;

    /** Gaps are filled with the last point, since nothing has changed in between. */
    void add(Instant now, Counts counts) {
        long number = Math.floorDiv(now.getEpochSecond(), (long) STEP);
        if (points.isEmpty() || number - last >= LENGTH) {
            points.clear();
            last = number;
        } else if (number <= last) {
            points.removeLast();
        } else {
            Counts before = points.getLast();
            for (long between = last + 1; between < number; between++) {
                points.addLast(before);
            }
            last = number;
        }
        points.addLast(counts);
        while (points.size() > LENGTH) {
            points.removeFirst();
        }
    }

    ObjectNode json() {
        ObjectNode json =
                JsonNodeFactory.instance.objectNode().put("step", STEP).put("from", (last - points.size() + 1) * STEP);
        for (int column = 0; column < Counts.NAMES.size(); column++) {
            ArrayNode values = json.putArray(Counts.NAMES.get(column));
            for (Counts point : points) {
                values.add(point.values().get(column));
            }
        }
        return json;
    }

    /** Reads what another watcher has written, or this one before a restart. Gaps since then are unknown. */
    static Series read(JsonNode json, Instant now) {
        Series series = new Series();
        int length = Math.min(LENGTH, json.path(Counts.NAMES.getFirst()).size());
        for (int at = 0; at < length; at++) {
            series.points.addLast(point(json, at));
        }
        series.last = json.path("from").asLong() / STEP + length - 1;
        Instant end = Instant.ofEpochSecond(series.last * STEP);
        if (length > 0 && Duration.between(end, now).toSeconds() > (long) SILENCE * STEP) {
            series.add(end.plusSeconds(STEP), Counts.UNKNOWN);
        }
        return series;
    }

    private static Counts point(JsonNode json, int at) {
        List<@Nullable Integer> values = new ArrayList<>();
        for (String name : Counts.NAMES) {
            JsonNode value = json.path(name).path(at);
            values.add(value.isNumber() ? value.intValue() : null);
        }
        return new Counts(values);
    }

    /**
     * One point of the series.
     *
     * @param values in the order of {@link #NAMES}; null if unknown
     */
    record Counts(List<@Nullable Integer> values) {
        static final List<String> NAMES = List.of("waiting", "inFlight", "workers", "pods", "nodes");

        /** The point for times without an observer. */
        static final Counts UNKNOWN = new Counts(Arrays.asList(null, null, null, null, null));
    }
}
