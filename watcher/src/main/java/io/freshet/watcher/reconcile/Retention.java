package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunIds;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.Listings;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

/**
 * Deletes finished runs that are older than the retention; does nothing without one. The age of a run follows from its
 * id, so only documents of runs that are old enough are read.
 */
@Singleton
public final class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    private static final int AT_ONCE = 8;
    /** Removing a run costs some requests per part; the rest waits for the next sweep. */
    private static final int MOST_AT_A_SWEEP = 1_000;

    private static final Duration INTERVAL = Duration.ofHours(1);

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

    /** How often to sweep: hourly, or more often if runs are kept for less. */
    public Duration interval() {
        return config.retention().filter(kept -> kept.compareTo(INTERVAL) < 0).orElse(INTERVAL);
    }

    /** Marks expired runs as deleted; the next pass removes them. */
    public Uni<Void> sweep() {
        return config.retention()
                .map(kept -> sweep(clock.instant().minus(kept)))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Uni<Void> sweep(Instant keptFrom) {
        return submittedBefore(keptFrom)
                .onItem()
                .transformToUni(id -> expire(id, keptFrom).map(expired -> expired ? 1 : 0))
                .merge(AT_ONCE)
                .filter(expired -> expired > 0)
                .select()
                .first(MOST_AT_A_SWEEP)
                .collect()
                .with(Collectors.counting())
                .invoke(Retention::report)
                .replaceWithVoid();
    }

    private static void report(long expired) {
        if (expired > 0) {
            LOG.infof("%d finished runs have reached the end of their retention and will be removed", expired);
        }
    }

    /** Oldest months first. */
    private Multi<RunId> submittedBefore(Instant keptFrom) {
        return Listings.folders(blobs, "")
                .filter(RunFiles::isMonthFolder)
                .filter(month -> beginning(month).isBefore(keptFrom))
                .onItem()
                .transformToMultiAndConcatenate(month -> Listings.folders(blobs, month))
                .onItem()
                .transformToIterable(
                        folder -> RunFiles.parseFolder(folder).stream().toList())
                .filter(id -> RunIds.submittedAt(id)
                        .map(submitted -> submitted.isBefore(keptFrom))
                        .orElse(true));
    }

    private static Instant beginning(String monthFolder) {
        return YearMonth.parse(monthFolder.substring(0, monthFolder.length() - 1))
                .atDay(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC);
    }

    /** Whether the run was expired. An unreadable document does not affect other runs. */
    private Uni<Boolean> expire(RunId id, Instant keptFrom) {
        return store.find(id)
                .flatMap(run -> run.filter(r -> isExpired(r, keptFrom)).isEmpty()
                        ? Uni.createFrom().item(false)
                        : store.reopen(id, r -> isExpired(r, keptFrom) ? r.delete(clock) : r)
                                .replaceWith(true))
                .onFailure()
                .invoke(t -> LOG.warnf("Could not check the age of run %s: %s", id, t.getMessage()))
                .onFailure()
                .recoverWithItem(false);
    }

    static boolean isExpired(Run run, Instant keptFrom) {
        return run.state() instanceof RunState.Finished
                && !run.isDeleted()
                && run.state().since().isBefore(keptFrom);
    }
}
