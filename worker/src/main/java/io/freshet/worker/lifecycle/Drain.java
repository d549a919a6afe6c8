package io.freshet.worker.lifecycle;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.freshet.storage.PartIndex;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.worker.claim.Runs;
import io.freshet.worker.claim.WorkerConfig;
import io.freshet.worker.execution.ComputationThreads;
import io.freshet.worker.merge.MergeWork;
import io.freshet.worker.settlement.PartWork;
import io.freshet.worker.settlement.Settlement;
import io.freshet.worker.settlement.WorkMetrics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.util.stream.Collectors;

/**
 * Drains: claims open parts straight from storage, without messages, until there is none left to claim. Many drain one
 * run at once; the leases share the parts out among them.
 */
@Singleton
final class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);

    private final BlobStore blobs;
    private final RunStore store;
    private final Runs runs;
    private final Work work;
    private final WorkerConfig config;

    /** What can be done with an item. */
    @Singleton
    record Work(PartWork parts, MergeWork merges, ComputationThreads threads, WorkMetrics metrics) {}

    Drain(BlobStore blobs, RunStore store, Runs runs, Work work, WorkerConfig config) {
        this.blobs = blobs;
        this.store = store;
        this.runs = runs;
        this.work = work;
        this.config = config;
    }

    /** Completes with the number of settled items when nothing is left to claim. */
    Uni<Long> drain() {
        return Multi.createBy()
                .repeating()
                .uni(this::pass)
                .whilst(worked -> worked > 0)
                .collect()
                .with(Collectors.summingLong(worked -> worked))
                .invoke(total -> LOG.infof("Nothing is left to claim; %d items were worked on", total));
    }

    private Uni<Long> pass() {
        return wanted().onItem()
                .transformToUniAndConcatenate(runs::now)
                .onItem()
                .transformToMultiAndConcatenate(run -> run.map(this::settlements)
                        .orElseGet(() -> Multi.createFrom().empty()))
                .filter(Drain::isWork)
                .collect()
                .with(Collectors.counting());
    }

    private Multi<RunId> wanted() {
        return config.runId()
                .map(id -> Multi.createFrom().item(RunId.parse(id)))
                .orElseGet(store::active);
    }

    private Multi<Settlement> settlements(Run run) {
        if (run.acceptsMerge()) {
            return work.merges().attempt(run.id(), run.dispatch().generation()).toMulti();
        }
        return run.acceptsWork() ? parts(run) : Multi.createFrom().empty();
    }

    private Multi<Settlement> parts(Run run) {
        return Listings.blobs(blobs, RunFiles.indexes(run.id()), Detail.WITH_METADATA)
                .filter(blob -> !blob.leased())
                .map(PartIndex::of)
                .filter(index -> index != null && index.failure() == null)
                .onItem()
                .transformToUni(index -> attempt(run, index))
                .merge(work.threads().concurrency());
    }

    private Uni<Settlement> attempt(Run run, PartIndex index) {
        return work.parts().attempt(run.id(), index).invoke(work.metrics()::settled);
    }

    private static boolean isWork(Settlement settlement) {
        return !(settlement instanceof Settlement.Dropped);
    }
}
