package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.ItemStates;
import io.freshet.gateway.dashboard.RunLookup.Snapshot;
import io.freshet.gateway.dashboard.View.Event;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** One run, with the states of its items. */
final class RunView implements View<RunView.Found> {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RunLookup lookup;
    private final RunPods pods;
    private final String id;
    private final @Nullable String owner;
    private volatile Snapshot last = Snapshot.NOTHING;
    private @Nullable ObjectNode document;
    private ObjectNode podsSent = RunPods.none();
    private @Nullable ItemStates items;
    private long version;

    /** @param pods those that work for it alone */
    record Found(Snapshot run, ObjectNode pods) {}

    /** @param owner whose runs alone are shown; null for everybody's */
    RunView(RunLookup lookup, RunPods pods, String id, @Nullable String owner) {
        this.lookup = lookup;
        this.pods = pods;
        this.id = id;
        this.owner = owner;
    }

    @Override
    public Uni<Found> read() {
        return lookup.at(id, last, owner).flatMap(found -> pods.of(found.run()).map(ours -> new Found(found, ours)));
    }

    @Override
    public List<Event> changes(Found seen) {
        Snapshot found = seen.run();
        last = found;
        List<Event> changes = new ArrayList<>();
        ObjectNode now = RunPage.of(found);
        if (!now.equals(document)) {
            document = now;
            changes.add(new Event("run", now));
        }
        if (!seen.pods().equals(podsSent)) {
            podsSent = seen.pods();
            changes.add(new Event("pods", podsSent));
        }
        ItemStates before = items;
        items = found.run().map(ItemStates::of).orElse(null);
        if (items != null) {
            addItems(items, before, changes);
        }
        return changes;
    }

    private void addItems(ItemStates now, @Nullable ItemStates before, List<Event> changes) {
        if (before == null || before.size() != now.size()) {
            version++;
            changes.add(snapshot(now));
            return;
        }
        String changed = now.changesSince(before);
        if (!changed.isEmpty()) {
            changes.add(new Event(
                    "items",
                    JSON.objectNode()
                            .put("from", version)
                            .put("to", version + 1)
                            .put("d", changed)));
            version++;
        }
    }

    @Override
    public List<Event> whole() {
        List<Event> whole = new ArrayList<>();
        if (document != null) {
            whole.add(new Event("run", document));
            whole.add(new Event("pods", podsSent));
        }
        if (items != null) {
            whole.add(snapshot(items));
        }
        return whole;
    }

    private Event snapshot(ItemStates states) {
        return new Event(
                "items",
                JSON.objectNode().put("to", version).put("size", states.size()).put("packed", states.packed()));
    }
}
