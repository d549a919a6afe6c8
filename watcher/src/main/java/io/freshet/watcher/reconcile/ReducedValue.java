package io.freshet.watcher.reconcile;

import io.freshet.coordination.Reduction;
import io.freshet.failure.Permanent;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reduces a step of moderate size without a worker, because foreign workers cannot reduce. Larger steps are left to our
 * workers.
 */
@Singleton
final class ReducedValue {
    private static final RunLog LOG = RunLog.of(ReducedValue.class);
    /** Two pages of a listing. */
    private static final int MOST = 10_000;

    private final BlobStore blobs;
    private final Reduction reduction;

    ReducedValue(BlobStore blobs, Reduction reduction) {
        this.blobs = blobs;
        this.reduction = reduction;
    }

    /**
     * True if the value of this execution is in storage afterwards; false if a worker has to compute it.
     *
     * @param before the existing results, if any
     */
    Uni<Boolean> of(Run run, Items.Blobs items, Optional<BlobInfo> before) {
        if (items.count() > MOST) {
            return Uni.createFrom().item(false);
        }
        Condition unchanged = before.<Condition>map(blob -> new Condition.IfMatch(blob.etag()))
                .orElse(Condition.IF_ABSENT);
        Attributes attributes = new Attributes(
                "application/json",
                Map.of("generation", Integer.toString(run.dispatch().generation())));
        return reduction
                .value(run, items)
                .flatMap(value -> blobs.put(
                        RunFiles.results(run.id()),
                        List.of(StandardCharsets.UTF_8.encode(value.toString())),
                        attributes,
                        unchanged))
                .map(written -> !written.conflict())
                .onFailure(Permanent.class)
                .invoke(t -> LOG.debug(run.id(), "Run %s was not reduced here: %s", run.id(), t.getMessage()))
                .onFailure(Permanent.class)
                .recoverWithItem(false);
    }
}
