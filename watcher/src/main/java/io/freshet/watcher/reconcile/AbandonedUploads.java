package io.freshet.watcher.reconcile;

import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Finds uploads whose gateway died. They do not block anything, so this is done rarely. */
@Singleton
public final class AbandonedUploads {
    private static final Logger LOG = Logger.getLogger(AbandonedUploads.class);
    private static final Duration RARELY = Duration.ofHours(1);
    private static final int SWEEPS_UNTIL_ABANDONED = 4;
    private static final int AT_ONCE = 4;

    private final RunStore store;
    private final Removal removal;
    private final Clock clock;
    private final WatcherConfig config;

    AbandonedUploads(RunStore store, Removal removal, Clock clock, WatcherConfig config) {
        this.store = store;
        this.removal = removal;
        this.clock = clock;
        this.config = config;
    }

    /** How often to sweep: hourly, or more often if uploads are abandoned earlier. */
    public Duration interval() {
        Duration part = config.abandonedAfter().dividedBy(SWEEPS_UNTIL_ABANDONED);
        return part.compareTo(RARELY) < 0 ? part : RARELY;
    }

    /** Removes the remains of old uploads, and the markers of those that became runs. */
    public Uni<Void> sweep() {
        return Uni.createFrom().deferred(() -> sweep(clock.instant().minus(config.abandonedAfter())));
    }

    private Uni<Void> sweep(Instant before) {
        return store.uploadingSinceBefore(before)
                .onItem()
                .transformToUni(this::lookAt)
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> lookAt(RunId id) {
        return store.find(id)
                .flatMap(run -> run.isPresent() ? store.unmarkUploading(id) : removal.ofAbandoned(id))
                .onFailure()
                .invoke(t -> LOG.warnf("Could not check upload %s: %s", id, t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
