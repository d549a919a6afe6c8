package io.freshet.worker.settlement;

import io.freshet.items.ResultsBlocks;
import io.freshet.worker.WorkerLab;
import io.freshet.worker.execution.Computation;
import io.freshet.worker.execution.ExecutionLab;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Attempts on the items of a {@link WorkerLab}. */
public final class SettlementLab implements AutoCloseable {
    public final WorkerLab worker = new WorkerLab();
    public final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    public final WorkMetrics metrics = new WorkMetrics(registry);
    public final Announcements announcements =
            new Announcements(worker.control(), null, WorkerLab.CLOCK, "jobs", WorkerLab.config());
    public final ExecutionLab executing;
    public final ItemAttempt attempts;

    public SettlementLab(Computation computation) {
        executing = new ExecutionLab(worker, computation);
        attempts = new ItemAttempt(
                worker.layouts,
                worker.runs,
                worker.claims(),
                executing.execution,
                new ResultsBlocks(worker.blobs, WorkerLab.CLOCK),
                announcements,
                metrics,
                WorkerLab.config());
    }

    @Override
    public void close() {
        executing.close();
        worker.close();
    }
}
