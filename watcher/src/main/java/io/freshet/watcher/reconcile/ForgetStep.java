package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Removes the active marker of a finished run that has been announced. */
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

    /** Reopening or deleting a run writes a new marker, which must not be removed. */
    private Uni<Void> forget(Run run, String marker) {
        return isReopened(run)
                .flatMap(reopened -> reopened ? Uni.createFrom().item(false) : store.forget(run.id(), marker))
                .invoke(isFirst -> tell(run, isFirst))
                .replaceWithVoid();
    }

    /** Logged once, although the run may be reconciled again after its end or by another watcher. */
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

    /** A user may have rerun it in the meantime: the removed marker was needed for that. */
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
