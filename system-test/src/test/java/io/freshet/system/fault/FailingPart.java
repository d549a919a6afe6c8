package io.freshet.system.fault;

import io.freshet.harness.fault.Fault;
import io.freshet.harness.fault.FaultPlan;
import io.freshet.harness.fault.StorageRequest;

/** Part 2 fails on its first try, because storage does not take its output; and on every one while it is held. */
public final class FailingPart implements FaultPlan {
    private int refused;
    private boolean held;

    public synchronized void hold() {
        held = true;
    }

    public synchronized void release() {
        held = false;
    }

    @Override
    public synchronized Fault choose(StorageRequest request) {
        boolean output =
                request.operation().equals("PutBlob") && request.target().endsWith("/output_2.json");
        if (!output || !held && refused >= CrashPoint.ATTEMPTS) {
            return Fault.NONE;
        }
        refused++;
        return Fault.answer(500, "InternalError");
    }
}
