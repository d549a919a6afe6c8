package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Announces that a run has ended. */
@Singleton
final class ReportStep implements Step {
    private final EndReport report;

    ReportStep(EndReport report) {
        this.report = report;
    }

    @Override
    public Uni<Next> take(Run run) {
        return report.publish(run).replaceWith(() -> Next.go(run));
    }
}
