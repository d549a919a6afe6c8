package io.freshet.worker.merge;

import io.freshet.worker.WorkerLab;
import io.freshet.worker.settlement.SettlementLab;
import io.smallrye.config.SmallRyeConfigBuilder;

/** Merges the run of a {@link WorkerLab}. */
public final class MergeLab {
    private static final MergeLimits LIMITS =
            new SmallRyeConfigBuilder().withMapping(MergeLimits.class).build().getConfigMapping(MergeLimits.class);

    private MergeLab() {}

    public static MergeWork merges(SettlementLab lab) {
        WorkerLab worker = lab.worker;
        return new MergeWork(worker.blobs, worker.layouts, worker.runs, worker.claims(), lab.announcements, LIMITS);
    }
}
