package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Takes a finished run that the world knows of from those that are looked after. */
@Singleton
final class ForgetStep implements Step {
    private static final RunLog LOG = RunLog.of(ForgetStep.class);

    private final RunStore store;
    private final StallDetector stalls;

    ForgetStep(RunStore store, StallDetector stalls) {
        this.store = store;
        this.stalls = stalls;
    }

    @Override
    public Uni<Next> take(Run run) {
        return store.marker(run.id())
                .flatMap(marker -> marker.map(m -> forget(run, m))
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .chain(() -> markIfReopened(run))
                .invoke(() -> stalls.forget(run.id()))
                .replaceWith(Next::done);
    }

    /** Whoever reopens or deletes a run puts its marker anew: then it is not ours to take, and we may die at any time. */
    private Uni<Void> forget(Run run, String marker) {
        return isReopened(run)
                .flatMap(reopened -> reopened ? Uni.createFrom().item(false) : store.forget(run.id(), marker))
                .invoke(isFirst -> tell(run, isFirst))
                .replaceWithVoid();
    }

    /** It is looked at again now and then, right after its end or by another watcher. */
    private static void tell(Run run, boolean isFirst) {
        if (isFirst) {
            LOG.info(
                    run.id(),
                    "Run %s has ended: %s, %d of %d parts, %d rejected lines",
                    run.id(),
                    run.state().getClass().getSimpleName(),
                    run.progress().done().size(),
                    run.itemCount(),
                    run.progress().tally().rejectedLines());
        }
    }

    /** A user may have had it run again in the meantime: the marker that is gone was for that as well. */
    private Uni<Void> markIfReopened(Run run) {
        return isReopened(run)
                .flatMap(reopened ->
                        reopened ? store.markAgain(run.id()) : Uni.createFrom().voidItem());
    }

    private Uni<Boolean> isReopened(Run run) {
        return store.find(run.id())
                .map(now -> now.filter(r -> r.isUnfinished() || r.isDeleted()).isPresent());
    }
}
