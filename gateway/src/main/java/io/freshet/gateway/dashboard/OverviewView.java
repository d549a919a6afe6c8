package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.DashboardBlob;
import io.freshet.failure.Permanent;
import io.freshet.gateway.dashboard.View.Event;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Reading;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the watcher has written about all runs and the cluster. */
final class OverviewView implements View<Reading> {
    private static final Logger LOG = Logger.getLogger(OverviewView.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String ID = "id";

    private final BlobStore blobs;
    private final @Nullable String owner;
    private volatile @Nullable String etag;
    private ObjectNode state = DashboardBlob.empty();

    /** @param owner whose runs alone are shown; null for everybody's, and for the cluster */
    OverviewView(BlobStore blobs, @Nullable String owner) {
        this.owner = owner;
        this.blobs = blobs;
    }

    @Override
    public Uni<Reading> read() {
        return blobs.readIfChanged(DashboardBlob.NAME, etag);
    }

    @Override
    public List<Event> changes(Reading found) {
        if (!(found instanceof Reading.Changed(BlobStore.Content content))) {
            return List.of();
        }
        ObjectNode before = state;
        state = visible(parse(content));
        etag = content.etag();
        List<Event> changes = new ArrayList<>(SeriesChanges.between(before.path("series"), state.path("series")));
        ObjectNode rows = changedRows(before.path("rows"), state.path("rows"));
        if (!rows.path("rows").isEmpty() || !rows.path("gone").isEmpty()) {
            changes.add(new Event("runs", rows));
        }
        if (!state.path("cluster").equals(before.path("cluster"))) {
            changes.add(cluster());
        }
        changes.add(watcher());
        return changes;
    }

    @Override
    public List<Event> whole() {
        ObjectNode rows = JSON.objectNode().put("whole", true);
        rows.set("rows", state.path("rows").isMissingNode() ? JSON.arrayNode() : state.path("rows"));
        rows.putArray("gone");
        List<Event> whole = new ArrayList<>();
        if (state.has("series")) {
            whole.add(new Event("series", state.path("series")));
        }
        whole.add(new Event("runs", rows));
        whole.add(cluster());
        whole.add(watcher());
        return whole;
    }

    /** What a watcher of another version has written is not shown; the runs themselves are not affected. */
    private static ObjectNode parse(BlobStore.Content content) {
        try {
            return DashboardBlob.read(content.bytes());
        } catch (Permanent e) {
            LOG.warnf("Runs are not shown: %s", e.getMessage());
            return DashboardBlob.empty();
        }
    }

    /** The cluster names everybody's runs, and the series counts their items, so neither is shown to an owner. */
    private ObjectNode visible(ObjectNode all) {
        if (owner == null) {
            return all;
        }
        ObjectNode own = all.deepCopy();
        own.remove(List.of("cluster", "series"));
        ArrayNode rows = own.putArray("rows");
        all.path("rows").forEach(row -> {
            if (owner.equals(row.path("owner").asText())) {
                rows.add(row);
            }
        });
        return own;
    }

    /** When the watcher last wrote; 0: never. */
    private Event watcher() {
        return new Event("watcher", JSON.objectNode().put("at", state.path("at").asDouble()));
    }

    private Event cluster() {
        ObjectNode data = JSON.objectNode();
        data.set("cluster", state.path("cluster").isMissingNode() ? JSON.nullNode() : state.path("cluster"));
        return new Event("cluster", data);
    }

    /** Of a known row, only the fields that have changed; null for those that are gone. */
    private static ObjectNode changedRows(JsonNode before, JsonNode now) {
        Map<String, JsonNode> known = new LinkedHashMap<>();
        before.forEach(row -> known.put(row.path(ID).asText(), row));
        ArrayNode changed = JSON.arrayNode();
        now.forEach(row -> {
            JsonNode last = known.remove(row.path(ID).asText());
            if (last == null) {
                changed.add(row);
            } else if (!last.equals(row)) {
                changed.add(changedFields(last, row));
            }
        });
        ObjectNode rows = JSON.objectNode().put("whole", false);
        rows.set("rows", changed);
        ArrayNode gone = rows.putArray("gone");
        known.keySet().forEach(gone::add);
        return rows;
    }

    private static ObjectNode changedFields(JsonNode before, JsonNode now) {
        ObjectNode changed = JSON.objectNode();
        changed.set(ID, now.path(ID));
        now.properties().stream()
                .filter(field -> !field.getValue().equals(before.get(field.getKey())))
                .forEach(field -> changed.set(field.getKey(), field.getValue()));
        before.fieldNames().forEachRemaining(name -> {
            if (!now.has(name)) {
                changed.putNull(name);
            }
        });
        return changed;
    }
}
