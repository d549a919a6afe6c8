package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.RunRow;
import io.freshet.gateway.dashboard.RunLookup.Snapshot;
import io.freshet.instance.Instance;
import io.freshet.run.Items;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.run.Timeline;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What a run's page shows: its row, and more. */
final class RunPage {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RunPage() {}

    /** {@code {"gone":true}} if it was deleted. */
    static ObjectNode of(Snapshot snapshot) {
        if (snapshot.isNothing()) {
            return JSON.objectNode().put("gone", true);
        }
        ObjectNode page = snapshot.run().map(RunPage::run).orElseGet(JSON::objectNode);
        snapshot.instance().ifPresent(instance -> ofInstance(page, instance));
        page.set("can", PossibleActions.of(snapshot));
        return page;
    }

    private static ObjectNode run(Run run) {
        ObjectNode page = RunRow.of(run);
        page.put("parallelism", run.spec().placement().parallelism());
        if (run.spec().items() instanceof Items.Parts parts) {
            page.put("bytes", parts.bytes());
        }
        page.put("linesDone", run.progress().tally().lines());
        page.put("place", place(run.location()));
        ArrayNode failures = page.putArray("failures");
        run.progress()
                .failures()
                .forEach(failure ->
                        failures.addObject().put("item", failure.item()).put("reason", failure.reason()));
        page.set("timeline", timeline(run));
        return page;
    }

    /**
     * In order; what has not happened is absent. A run is dispatched when all of its first messages are sent, so a worker
     * may be faster.
     */
    private static ArrayNode timeline(Run run) {
        Timeline when = run.timeline();
        ArrayNode steps = JSON.arrayNode();
        step(steps, "accepted", when.submitted());
        step(steps, "started", when.started());
        Instant first = when.firsts().settled();
        Instant dispatched = when.firsts().dispatched();
        boolean overtaken = first != null && dispatched != null && first.isBefore(dispatched);
        step(steps, "dispatched", overtaken ? null : dispatched);
        step(steps, "first item", first);
        boolean settled = run.isSettled() && !(run.state() instanceof RunState.Pending);
        step(steps, "last item", settled ? when.progressed() : null);
        step(steps, "ended", when.ended());
        return steps;
    }

    private static void step(ArrayNode steps, String name, @Nullable Instant at) {
        if (at != null) {
            steps.addObject().put("step", name).put("at", RunRow.seconds(at));
        }
    }

    private static String place(Location location) {
        return switch (location) {
            case Location.Undecided l -> "Nobody has decided yet where it runs.";
            case Location.Cluster l -> l.reason() == null ? "In the cluster." : "In the cluster: " + l.reason();
            case Location.Burst l ->
                "On serverless nodes (" + l.nodes() + "), up to " + l.parallelism() + " pods at once.";
            case Location.FellBack l -> "Back in the cluster: " + l.reason();
        };
    }

    private static void ofInstance(ObjectNode page, Instance instance) {
        page.put("id", instance.id().text())
                .put("kind", "orchestration")
                .put("name", instance.request().name())
                .put("status", PossibleActions.status(instance.status()))
                .put("created", RunRow.seconds(instance.created()))
                .put("steps", instance.runs().size());
        if (instance.request().owner() != null) {
            page.put("owner", instance.request().owner());
        }
        page.remove("ended");
        if (instance.status().isFinished()) {
            page.put("ended", RunRow.seconds(instance.updated()));
        }
        String output = instance.values().output();
        if (output != null && instance.status().isFinished()) {
            page.put("output", output.length() > 2_000 ? output.substring(0, 2_000) + "…" : output);
        }
    }
}
