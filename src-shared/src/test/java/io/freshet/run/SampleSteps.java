package io.freshet.run;

import io.freshet.run.Items.Source;

/** Runs of orchestrations' steps. */
public final class SampleSteps {
    public static final RunId ID = new RunId(true, "2026-11", "8405256245329624087");
    public static final String INSTANCE = "a b";
    public static final String FOLDER = "a%20b";

    private SampleSteps() {}

    public static Run pending(Source source) {
        Items.Owner owner = new Items.Owner(INSTANCE, "ComputeOrchestrator", 1, true);
        RunSpec.Placement placement = new RunSpec.Placement(2, RunSpec.Burst.NEVER, null, 0);
        RunSpec spec = new RunSpec("sum", new Items.Blobs(owner, FOLDER, source), null, placement, null);
        return Run.submitted(ID, spec, SampleRuns.SUBMITTED);
    }

    public static Run running(Source source) {
        return pending(source).start(SampleRuns.at(10));
    }
}
