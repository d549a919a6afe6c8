package io.freshet.watcher.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.RunRow;
import io.freshet.instance.InstanceId;
import io.freshet.instance.RuntimeStatus;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows of all unfinished runs, and of those that ended within the last hour. The run of a step represents its
 * instance; the latest one is shown.
 */
final class RunRows {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST_ENDED = 200;
    private static final String ENDED = "ended";

    private final Map<String, Shown> rows = new HashMap<>();

    /**
     * @param run the run that the row shows
     * @param open whether it may change: the run is unfinished, or it is a step and its instance continues
     * @param left number of items that are not settled
     */
    record Shown(ObjectNode row, RunId run, boolean open, int left) {
        double created() {
            return row.path("created").asDouble();
        }

        boolean isStep() {
            return run.isStep();
        }

        boolean runHasEnded() {
            return left < 0;
        }

        int inFlight() {
            return row.path("inFlight").asInt();
        }

        int waiting() {
            return Math.max(0, left - inFlight());
        }
    }

    /** As a run was just read, or written. */
    synchronized void saw(Run run) {
        String id = RunRow.id(run);
        Shown before = rows.get(id);
        if (run.isDeleted()) {
            rows.remove(id);
            return;
        }
        ObjectNode row = RunRow.of(run);
        if (before != null && before.created() > row.path("created").asDouble()) {
            return; // an earlier step
        }
        boolean step = run.spec().items() instanceof Items.Blobs;
        int left = run.isUnfinished() ? run.remaining() : -1;
        if (step && left < 0) {
            // it is not known yet whether the instance has ended, too
            row.put("status", "Running").remove(ENDED);
        }
        if (before != null && !before.open && step && left < 0) {
            return;
        }
        rows.put(id, new Shown(row, run.id(), step || left >= 0, left));
    }

    synchronized void forget(String id) {
        rows.remove(id);
    }

    /** Updates the row of an instance. */
    synchronized void saw(InstanceId id, RuntimeStatus status, Instant updated) {
        Shown shown = rows.get(id.text());
        if (shown == null || !status.isFinished()) {
            return;
        }
        ObjectNode row = shown.row.deepCopy();
        row.put(
                        "status",
                        switch (status) {
                            case COMPLETED -> "Complete";
                            case FAILED -> "Failed";
                            default -> "Canceled";
                        })
                .put(ENDED, RunRow.seconds(updated));
        rows.put(id.text(), new Shown(row, shown.run, false, -1));
    }

    /** Rows that were unfinished when last read. */
    synchronized List<Shown> open() {
        return rows.values().stream().filter(Shown::open).toList();
    }

    /** Drops rows that ended a while ago. */
    synchronized List<ObjectNode> shown(Instant now) {
        double oldest = RunRow.seconds(now.minus(KEPT));
        Set<String> old = rows.entrySet().stream()
                .filter(e -> !e.getValue().open())
                .sorted(Comparator.comparingDouble(
                        e -> -e.getValue().row().path(ENDED).asDouble()))
                .skip(MOST_ENDED)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        rows.entrySet()
                .removeIf(e -> !e.getValue().open()
                        && (old.contains(e.getKey())
                                || e.getValue().row().path(ENDED).asDouble() < oldest));
        return stream().map(Shown::row).toList();
    }

    /** Items of all unfinished runs without a message in flight. */
    synchronized int waiting() {
        return rows.values().stream().mapToInt(Shown::waiting).sum();
    }

    synchronized int inFlight() {
        return rows.values().stream()
                .filter(row -> !row.runHasEnded())
                .mapToInt(Shown::inFlight)
                .sum();
    }

    /** Adds what was written before this watcher started; its own rows are newer. */
    synchronized void restore(JsonNode written) {
        written.forEach(json -> {
            if (json instanceof ObjectNode row) {
                RunId.read(row.path("run").asText())
                        .ifPresent(run -> rows.putIfAbsent(
                                row.path("id").asText(), new Shown(row.deepCopy(), run, !row.has(ENDED), left(row))));
            }
        });
    }

    private static int left(ObjectNode row) {
        return row.has(ENDED)
                ? -1
                : row.path("items").asInt()
                        - row.path("done").asInt()
                        - row.path("failed").asInt();
    }

    private Stream<Shown> stream() {
        return rows.values().stream()
                .sorted(Comparator.comparingDouble(Shown::created).reversed());
    }
}
