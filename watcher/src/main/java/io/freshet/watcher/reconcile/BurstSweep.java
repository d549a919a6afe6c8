package io.freshet.watcher.reconcile;

import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Removes Jobs that no run needs: of runs that have ended, or are gone, while the cluster did not answer. */
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

    /** A run's document is written before its Job is made: without it, nobody needs the Job. */
    private Uni<Void> look(RunId id) {
        return store.find(id)
                .flatMap(run -> run.filter(BurstSweep::needsJob).isPresent()
                        ? Uni.createFrom().voidItem()
                        : moves.tried(id, jobs.removeAll(id)).replaceWithVoid());
    }

    /** Results of a large run that did not burst are merged by a Job, too. */
    private static boolean needsJob(Run run) {
        return run.isUnfinished() && (run.acceptsMerge() || run.location() instanceof Location.Burst);
    }
}
