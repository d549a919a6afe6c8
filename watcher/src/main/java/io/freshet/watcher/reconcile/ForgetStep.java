package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
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
        return store.forget(run.id())
                .invoke(isFirst -> tell(run, isFirst))
                .chain(() -> markIfReopened(run))
                .invoke(() -> stalls.forget(run.id()))
                .replaceWith(Next::done);
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
        return store.find(run.id())
                .flatMap(now ->
                        now.filter(r -> r.isUnfinished() || r.isDeleted()).isPresent()
                                ? store.markAgain(run.id())
                                : Uni.createFrom().voidItem());
    }
}
