package io.freshet.worker.merge;

import io.freshet.coordination.Reduction;
import io.freshet.orchestration.ComputeOrchestrator;
import io.freshet.orchestration.Orchestrations;
import io.freshet.worker.WorkerLab;
import io.freshet.worker.settlement.SettlementLab;
import io.smallrye.config.SmallRyeConfigBuilder;

import java.util.List;

/** Merges the run of a {@link WorkerLab}. */
public final class MergeLab {
    private static final MergeLimits LIMITS =
            new SmallRyeConfigBuilder().withMapping(MergeLimits.class).build().getConfigMapping(MergeLimits.class);

    private MergeLab() {}

    public static MergeWork merges(SettlementLab lab) {
        WorkerLab worker = lab.worker;
        Reduction reduction = new Reduction(worker.blobLayout, new Orchestrations(List.of(new ComputeOrchestrator())));
        return new MergeWork(
                worker.blobs, worker.layouts, worker.runs, worker.claims(), lab.announcements, LIMITS, reduction);
    }
}
