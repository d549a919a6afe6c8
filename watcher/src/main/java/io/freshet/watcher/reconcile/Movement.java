package io.freshet.watcher.reconcile;

import io.freshet.run.Dispatch;
import io.freshet.run.Run;

/** What moves while a run goes on. */
record Movement(int done, int failed, Dispatch dispatch) {
    static Movement of(Run run) {
        return new Movement(
                run.progress().done().size(), run.progress().failed().size(), run.dispatch());
    }
}
