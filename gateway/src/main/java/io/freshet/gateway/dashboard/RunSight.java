package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.ItemStates;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** A run with the states of its items. */
final class RunSight implements Sight<RunSight.Found> {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RunLooks looks;
    private final RunPods pods;
    private final String id;
    private final @Nullable String owner;
    private volatile RunLook last = RunLook.NOTHING;
    private @Nullable ObjectNode document;
    private ObjectNode podsTold = RunPods.none();
    private @Nullable ItemStates items;
    private long version;

    /** @param pods those that it has for itself */
    record Found(RunLook look, ObjectNode pods) {}

    /** @param owner whose runs are to be seen alone; null for everybody's */
    RunSight(RunLooks looks, RunPods pods, String id, @Nullable String owner) {
        this.looks = looks;
        this.pods = pods;
        this.id = id;
        this.owner = owner;
    }

    @Override
    public Uni<Found> look() {
        return looks.at(id, last, owner).flatMap(found -> pods.of(found.run()).map(ours -> new Found(found, ours)));
    }

    @Override
    public List<Told> changes(Found seen) {
        RunLook found = seen.look();
        last = found;
        List<Told> changes = new ArrayList<>();
        ObjectNode now = RunPage.of(found);
        if (!now.equals(document)) {
            document = now;
            changes.add(new Told("run", now));
        }
        if (!seen.pods().equals(podsTold)) {
            podsTold = seen.pods();
            changes.add(new Told("pods", podsTold));
        }
        ItemStates before = items;
        items = found.run().map(ItemStates::of).orElse(null);
        if (items != null) {
            tellItems(items, before, changes);
        }
        return changes;
    }

    private void tellItems(ItemStates now, @Nullable ItemStates before, List<Told> changes) {
        if (before == null || before.size() != now.size()) {
            version++;
            changes.add(snapshot(now));
            return;
        }
        String changed = now.changesSince(before);
        if (!changed.isEmpty()) {
            changes.add(new Told(
                    "items",
                    JSON.objectNode()
                            .put("from", version)
                            .put("to", version + 1)
                            .put("d", changed)));
            version++;
        }
    }

    @Override
    public List<Told> whole() {
        List<Told> whole = new ArrayList<>();
        if (document != null) {
            whole.add(new Told("run", document));
            whole.add(new Told("pods", podsTold));
        }
        if (items != null) {
            whole.add(snapshot(items));
        }
        return whole;
    }

    private Told snapshot(ItemStates states) {
        return new Told(
                "items",
                JSON.objectNode().put("to", version).put("size", states.size()).put("packed", states.packed()));
    }
}
