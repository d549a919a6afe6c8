package io.freshet.worker.claim;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The runs that this worker works for, as they were a moment ago. A run that accepts work is believed for a second, so
 * that small parts do not cost a read each; one that refuses is always asked anew, so that a resumed run is not missed.
 */
@Singleton
public final class Runs {
    private static final Duration BELIEVED = Duration.ofSeconds(1);
    private static final int KEPT = 1_000;

    private final RunStore store;
    private final Clock clock;
    private final Map<RunId, Seen> seen = new ConcurrentHashMap<>();

    private record Seen(Run run, Instant at) {}

    public Runs(RunStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The run if workers may take up its parts, else nothing. */
    public Uni<Optional<Run>> accepting(RunId id) {
        Seen last = seen.get(id);
        if (last != null && clock.instant().isBefore(last.at().plus(BELIEVED))) {
            return Uni.createFrom().item(Optional.of(last.run()));
        }
        return now(id).map(run -> run.filter(Run::acceptsWork)).invoke(run -> remember(id, run));
    }

    /** The run as it is now, if there is one that is not deleted. */
    public Uni<Optional<Run>> now(RunId id) {
        return store.find(id).map(run -> run.filter(r -> !r.isDeleted()));
    }

    private void remember(RunId id, Optional<Run> run) {
        if (run.isEmpty()) {
            seen.remove(id);
            return;
        }
        if (seen.size() >= KEPT) {
            seen.clear();
        }
        seen.put(id, new Seen(run.get(), clock.instant()));
    }
}
