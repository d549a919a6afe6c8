package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.Listings;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.time.Duration;

/** Deletes finished runs that are older than they are to be kept; nothing at all without a retention. */
@Singleton
public final class Retention {
    private static final int AT_ONCE = 8;

    private final BlobStore blobs;
    private final RunStore store;
    private final Clock clock;
    private final WatcherConfig config;

    Retention(BlobStore blobs, RunStore store, Clock clock, WatcherConfig config) {
        this.blobs = blobs;
        this.store = store;
        this.clock = clock;
        this.config = config;
    }

    /** Marks what is too old for removal; the next look at the unfinished runs removes it. */
    public Uni<Void> sweep() {
        return config.retention().isEmpty()
                ? Uni.createFrom().voidItem()
                : runs().onItem()
                        .transformToUni(id -> expire(id, config.retention().get()))
                        .merge(AT_ONCE)
                        .collect()
                        .last()
                        .replaceWithVoid();
    }

    private Multi<RunId> runs() {
        return Listings.folders(blobs, "")
                .filter(RunFiles::isMonthFolder)
                .onItem()
                .transformToMultiAndConcatenate(month -> Listings.folders(blobs, month))
                .onItem()
                .transformToIterable(
                        folder -> RunFiles.parseFolder(folder).stream().toList());
    }

    private Uni<Void> expire(RunId id, Duration retention) {
        return store.find(id)
                .flatMap(run -> run.filter(r -> isExpired(r, retention)).isEmpty()
                        ? Uni.createFrom().voidItem()
                        : store.reopen(id, r -> isExpired(r, retention) ? r.delete(clock) : r)
                                .replaceWithVoid());
    }

    private boolean isExpired(Run run, Duration retention) {
        return run.state() instanceof RunState.Finished
                && !run.isDeleted()
                && run.state().since().plus(retention).isBefore(clock.instant());
    }
}
