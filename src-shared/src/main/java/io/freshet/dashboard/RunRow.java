package io.freshet.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.job.JobDocument;
import io.freshet.job.JobStatus;
import io.freshet.run.Items;
import io.freshet.run.Location;
import io.freshet.run.Progress;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * A run as a row of a list. It depends only on the run's document and changes only with it: the rate is that of the
 * last progress. A step of an orchestration represents its instance, whose id the row has.
 */
public final class RunRow {
    private static final double MILLIS = 1000.0;

    private RunRow() {}

    /** The id that clients know the run by. */
    public static String id(Run run) {
        return run.spec().items() instanceof Items.Blobs blobs
                ? blobs.owner().instance()
                : run.id().toString();
    }

    public static ObjectNode of(Run run) {
        Progress progress = run.progress();
        ObjectNode row = JsonNodeFactory.instance.objectNode().put("id", id(run));
        switch (run.spec().items()) {
            case Items.Parts parts ->
                row.put("kind", "job").put("lines", parts.lines()).put("linesPerItem", parts.linesPerPart());
            case Items.Blobs blobs ->
                row.put("kind", "orchestration")
                        .put("step", blobs.owner().step())
                        .put("lines", blobs.count());
        }
        put(row, "name", run.spec().name());
        put(row, "owner", run.spec().owner());
        row.put("run", run.id().toString())
                .put("status", JobStatus.of(run.state()).name())
                .put("handler", run.spec().handler())
                .put("items", run.itemCount())
                .put("done", progress.done().size())
                .put("failed", progress.failed().size())
                .put("inFlight", inFlight(run))
                .put("rejected", progress.tally().rejectedLines())
                .put("where", where(run.location()))
                .put("created", seconds(run.timeline().submitted()));
        putRate(row, run);
        Instant ended = run.timeline().ended();
        if (ended != null) {
            row.put("ended", seconds(ended));
        }
        put(row, "reason", JobDocument.reason(run));
        return row;
    }

    /** Items that have been dispatched and are not settled. */
    public static int inFlight(Run run) {
        return isWorkedOn(run) ? run.outstanding() : 0;
    }

    static boolean isWorkedOn(Run run) {
        return run.state() instanceof RunState.Running || run.state() instanceof RunState.Suspended;
    }

    public static double seconds(Instant time) {
        return time.toEpochMilli() / MILLIS;
    }

    private static String where(Location location) {
        return switch (location) {
            case Location.Undecided l -> "undecided";
            case Location.Cluster l -> "cluster";
            case Location.Burst l -> "burst";
            case Location.FellBack l -> "cluster, after a burst failed";
        };
    }

    /** Lines per second at the last progress, and the estimated completion at that rate. */
    private static void putRate(ObjectNode row, Run run) {
        Instant last = run.timeline().progressed();
        if (last == null) {
            return;
        }
        Duration worked = run.worked(last);
        long lines = run.progress().tally().lines();
        if (lines == 0 || worked.toMillis() <= 0) {
            return;
        }
        double rate = lines * MILLIS / worked.toMillis();
        row.put("rate", Math.round(rate * 10) / 10.0);
        if (run.state() instanceof RunState.Running) {
            row.put("due", Math.round(seconds(last) + (row.path("lines").asLong() - lines) / rate));
        }
    }

    private static void put(ObjectNode row, String name, @Nullable String text) {
        if (text != null) {
            row.put(name, text);
        }
    }
}
