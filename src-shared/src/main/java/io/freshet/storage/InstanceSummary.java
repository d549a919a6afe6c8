package io.freshet.storage;

import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.Position;
import io.freshet.instance.RuntimeStatus;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore.BlobInfo;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a listing says of an instance, without a look into its document.
 *
 * @param runs ids of its runs, with spaces between them
 * @param etag of the document
 */
record InstanceSummary(InstanceId id, RuntimeStatus status, Instant created, int generation, String runs, String etag) {
    private static final String STATUS = "status";
    private static final String CREATED = "created";
    private static final String GENERATION = "generation";
    private static final String RUNS = "runs";
    private static final String DUE = "due";

    /** Empty for what is purged, or is no instance of ours. */
    static Optional<InstanceSummary> of(BlobInfo blob) {
        Map<String, String> metadata = blob.metadata();
        Optional<InstanceId> id = InstanceFiles.parseDocument(blob.name());
        Optional<RuntimeStatus> status = RuntimeStatus.read(metadata.getOrDefault(STATUS, ""));
        if (id.isEmpty() || status.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new InstanceSummary(
                    id.get(),
                    status.get(),
                    Instant.parse(metadata.getOrDefault(CREATED, "")),
                    Integer.parseInt(metadata.getOrDefault(GENERATION, "")),
                    metadata.getOrDefault(RUNS, ""),
                    blob.etag()));
        } catch (DateTimeException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static Map<String, String> metadata(Instance instance) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(STATUS, instance.status().label());
        metadata.put(CREATED, instance.created().toString());
        metadata.put(GENERATION, Integer.toString(instance.execution().generation()));
        String runs = instance.runs().stream().map(RunId::toString).collect(Collectors.joining(" "));
        if (!runs.isEmpty()) {
            metadata.put(RUNS, runs);
        }
        if (instance.position() instanceof Position.Waiting wait && wait.due() != null) {
            metadata.put(DUE, wait.due().toString());
        }
        return metadata;
    }

    /** What is left of a purged one: the runs that are still to be removed. */
    Map<String, String> purged(Instant at) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put("purged", at.toString());
        if (!runs.isEmpty()) {
            metadata.put(RUNS, runs);
        }
        return metadata;
    }
}
