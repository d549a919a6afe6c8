package io.freshet.worker.claim;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The runs that this worker works for, cached. A run that accepts work is cached for a second, so that small parts do
 * not cost a read each; one that does not is always read again, so that its resumption is noticed.
 */
@Singleton
public final class Runs {
    private static final Duration BELIEVED = Duration.ofSeconds(1);
    private static final int KEPT = 1_000;

    private final RunStore store;
    private final Cache<RunId, Run> accepting;

    public Runs(RunStore store, Clock clock) {
        this.store = store;
        this.accepting = Caffeine.newBuilder()
                .expireAfterWrite(BELIEVED)
                .maximumSize(KEPT)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** The run if workers may claim its items, otherwise empty. */
    public Uni<Optional<Run>> accepting(RunId id) {
        Run known = accepting.getIfPresent(id);
        return known != null
                ? Uni.createFrom().item(Optional.of(known))
                : now(id).map(run -> run.filter(Run::acceptsWork))
                        .invoke(run -> run.ifPresent(found -> accepting.put(id, found)));
    }

    /** The current state of the run; empty if it is gone or deleted. */
    public Uni<Optional<Run>> now(RunId id) {
        return store.find(id).map(run -> run.filter(r -> !r.isDeleted()));
    }
}
