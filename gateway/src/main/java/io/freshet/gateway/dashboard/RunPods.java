package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.DashboardBlob;
import io.freshet.failure.Permanent;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Reading;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** The pods that work for one run alone, as the watcher saw them. Storage is read only while the run bursts. */
final class RunPods {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final BlobStore blobs;
    private volatile Seen seen = new Seen(null, JSON.objectNode());

    private record Seen(@Nullable String etag, JsonNode cluster) {}

    RunPods(BlobStore blobs) {
        this.blobs = blobs;
    }

    /** {@code {"pods":[]}} of a run that has none, with {@code burst} of one that bursts. */
    Uni<ObjectNode> of(Optional<Run> run) {
        Optional<Run> bursting = run.filter(r -> r.isUnfinished() && r.location() instanceof Location.Burst);
        return bursting.isEmpty()
                ? Uni.createFrom().item(none())
                : blobs.readIfChanged(DashboardBlob.NAME, seen.etag())
                        .invoke(this::take)
                        .map(reading ->
                                select(seen.cluster(), bursting.get().id().toString()));
    }

    static ObjectNode none() {
        return select(JSON.objectNode(), "");
    }

    private void take(Reading reading) {
        if (reading instanceof Reading.Changed(BlobStore.Content content)) {
            seen = new Seen(content.etag(), cluster(content));
        }
    }

    /** What a watcher of another version has written is not shown. */
    private static JsonNode cluster(BlobStore.Content content) {
        try {
            return DashboardBlob.read(content.bytes()).path("cluster");
        } catch (Permanent e) {
            return JSON.objectNode();
        }
    }

    private static ObjectNode select(JsonNode cluster, String run) {
        ObjectNode selected = JSON.objectNode();
        ArrayNode pods = selected.putArray("pods");
        cluster.path("pods").forEach(pod -> {
            if (pod.path("run").asText().equals(run)) {
                pods.add(pod);
            }
        });
        cluster.path("bursts").forEach(burst -> {
            if (burst.path("run").asText().equals(run)) {
                selected.set("burst", burst);
            }
        });
        return selected;
    }
}
