package io.freshet.storage;

import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.instance.Position;
import io.freshet.instance.RuntimeStatus;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore.BlobInfo;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a listing tells about an instance, without reading its document.
 *
 * @param execution token of the execution
 * @param runs ids of its runs, separated by spaces
 * @param owner "" without an owner
 * @param etag of the document
 */
record InstanceSummary(
        InstanceId id,
        RuntimeStatus status,
        Instant created,
        int generation,
        String execution,
        String runs,
        String owner,
        String etag) {
    private static final String STATUS = "status";
    private static final String CREATED = "created";
    private static final String GENERATION = "generation";
    private static final String EXECUTION = "execution";
    private static final String RUNS = "runs";
    private static final String OWNER = "owner";
    private static final String DUE = "due";

    /** Empty if it was purged or is not one of our documents. */
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
                    metadata.getOrDefault(EXECUTION, ""),
                    metadata.getOrDefault(RUNS, ""),
                    URLDecoder.decode(metadata.getOrDefault(OWNER, ""), StandardCharsets.UTF_8),
                    blob.etag()));
        } catch (DateTimeException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static InstanceSummary of(Instance instance) {
        return new InstanceSummary(
                instance.id(),
                instance.status(),
                instance.created(),
                instance.execution().generation(),
                instance.execution().token(),
                instance.runs().stream().map(RunId::toString).collect(Collectors.joining(" ")),
                Objects.requireNonNullElse(instance.request().owner(), ""),
                "");
    }

    static Map<String, String> metadata(Instance instance) {
        InstanceSummary summary = of(instance);
        Map<String, String> metadata = new HashMap<>();
        metadata.put(STATUS, summary.status().label());
        metadata.put(CREATED, summary.created().toString());
        metadata.put(GENERATION, Integer.toString(summary.generation()));
        metadata.put(EXECUTION, summary.execution());
        if (!summary.runs().isEmpty()) {
            metadata.put(RUNS, summary.runs());
        }
        if (!summary.owner().isEmpty()) {
            metadata.put(OWNER, URLEncoder.encode(summary.owner(), StandardCharsets.UTF_8));
        }
        if (instance.position() instanceof Position.Waiting wait && wait.due() != null) {
            metadata.put(DUE, wait.due().toString());
        }
        return metadata;
    }

    /** Metadata of a purged instance. */
    static Map<String, String> purged(Instant at) {
        return Map.of("purged", at.toString());
    }
}
