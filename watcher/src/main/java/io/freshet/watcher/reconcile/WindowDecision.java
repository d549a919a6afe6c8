package io.freshet.watcher.reconcile;

import io.freshet.run.Dispatch;
import io.freshet.run.Run;

/**
 * Decides how many messages of a run may be sent now, so that at most a window of them is outstanding: canceling or
 * suspending a run then leaves few messages behind, and runs share the workers.
 */
final class WindowDecision {
    /** Refills once a quarter of the window is settled, so that workers never wait for the watcher. */
    private static final int REFILLS = 4;

    private WindowDecision() {}

    /** Returns 0 if there is nothing to send, or too little to be worth a look at storage. */
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
