package io.freshet.watcher.reconcile;

import io.freshet.run.BurstLimits;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;

/** Decides where a run is computed. Acting on it follows later and can be repeated. */
@Singleton
final class PlaceStep implements Step {
    private static final RunLog LOG = RunLog.of(PlaceStep.class);

    private final RunStore store;
    private final BurstJobs jobs;
    private final BurstRoom room;
    private final Clock clock;
    private final BurstsConfig config;

    PlaceStep(RunStore store, BurstJobs jobs, BurstRoom room, Clock clock, BurstsConfig config) {
        this.store = store;
        this.jobs = jobs;
        this.room = room;
        this.clock = clock;
        this.config = config;
    }

    @Override
    public Uni<Next> take(Run run) {
        if (!(run.location() instanceof Location.Undecided)) {
            return Uni.createFrom().item(Next.go(run));
        }
        Location where = limits().place(run, clock.instant());
        return store.update(run.id(), r -> r.state() instanceof RunState.Unfinished ? r.place(where) : r)
                .invoke(PlaceStep::log)
                .map(Next::go);
    }

    private BurstLimits limits() {
        return new BurstLimits(
                config.trigger(),
                Math.min(config.maxParallelism(), room.pods()),
                config.nodes().text(),
                jobs.obstacle().orElse(null));
    }

    private static void log(Run run) {
        if (run.location() instanceof Location.Burst burst) {
            LOG.info(
                    run.id(),
                    "Run %s with %d items bursts: %d pods on nodes of kind %s",
                    run.id(),
                    run.itemCount(),
                    burst.parallelism(),
                    burst.nodes());
        }
    }
}
