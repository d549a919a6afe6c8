package io.freshet.watcher.reconcile;

import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Removes Jobs that no run needs: of runs that ended or were removed while the cluster did not respond. */
@Singleton
public final class BurstSweep {
    private final RunStore store;
    private final BurstJobs jobs;
    private final BurstMoves moves;

    BurstSweep(RunStore store, BurstJobs jobs, BurstMoves moves) {
        this.store = store;
        this.jobs = jobs;
        this.moves = moves;
    }

    public Uni<Void> sweep() {
        return Multi.createFrom()
                .iterable(jobs.runs())
                .onItem()
                .transformToUniAndConcatenate(this::look)
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** A run's document is written before its Job is created, so without one the Job is not needed. */
    private Uni<Void> look(RunId id) {
        return store.find(id)
                .flatMap(run -> run.filter(BurstSweep::needsJob).isPresent()
                        ? Uni.createFrom().voidItem()
                        : moves.tried(id, jobs.removeAll(id)).replaceWithVoid());
    }

    /** The results of a large run that did not burst are also merged by a Job. */
    private static boolean needsJob(Run run) {
        return run.isUnfinished() && (run.acceptsMerge() || run.location() instanceof Location.Burst);
    }
}
