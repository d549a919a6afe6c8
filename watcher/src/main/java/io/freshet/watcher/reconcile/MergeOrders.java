package io.freshet.watcher.reconcile;

import io.freshet.message.WorkMessage;
import io.freshet.run.Run;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.util.Optional;

/** Requests the merge of results: for a large run by a Job of its own, so that no shared worker is occupied by it. */
@Singleton
final class MergeOrders {
    private final WorkQueue queue;
    private final BurstJobs jobs;
    private final BurstMoves moves;
    private final BurstsConfig config;

    MergeOrders(WorkQueue queue, BurstJobs jobs, BurstMoves moves, BurstsConfig config) {
        this.queue = queue;
        this.jobs = jobs;
        this.moves = moves;
        this.config = config;
    }

    Uni<Void> first(Run run) {
        return isLarge(run)
                ? moves.tried(run.id(), jobs.create(BurstOrder.merging(run)))
                        .flatMap(answer -> isTaken(answer) ? Uni.createFrom().voidItem() : again(run))
                : again(run);
    }

    /** Whatever became of the first request, a shared worker can always do it. */
    Uni<Void> again(Run run) {
        return queue.send(new WorkMessage.MergeResults(run.id(), run.dispatch().generation()));
    }

    private boolean isLarge(Run run) {
        return jobs.obstacle().isEmpty() && config.trigger() > 0 && run.itemCount() >= config.trigger();
    }

    private static boolean isTaken(Optional<Optional<String>> answer) {
        return answer.isPresent() && answer.get().isEmpty();
    }
}
