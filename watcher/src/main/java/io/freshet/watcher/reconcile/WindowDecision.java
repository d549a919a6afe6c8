package io.freshet.watcher.reconcile;

import io.freshet.run.Dispatch;
import io.freshet.run.Run;

/**
 * How many messages of a run may be sent now, so that never more than a window of them is out: whoever cancels or
 * suspends a run leaves few messages behind, and runs share their workers.
 */
final class WindowDecision {
    /** A window is refilled as soon as a quarter of it has been settled: workers must not wait for us. */
    private static final int REFILLS = 4;

    private WindowDecision() {}

    /** 0 if there is nothing to send, or too little to bother. */
    static int room(Run run, int window) {
        if (!run.acceptsWork()) {
            return 0;
        }
        if (run.needsDispatch()) {
            return window;
        }
        if (run.dispatch().cursor() == Dispatch.ALL) {
            return 0;
        }
        int room = window - run.outstanding();
        return room >= Math.max(1, window / REFILLS) ? room : 0;
    }
}
