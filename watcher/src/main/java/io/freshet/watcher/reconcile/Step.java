package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.smallrye.mutiny.Uni;

import java.time.Duration;

/**
 * One step for a run in some state. What to do follows from storage alone, so a step may be repeated, by this watcher
 * or another, and the process may die after any step.
 */
interface Step {
    Uni<Next> take(Run run);

    /** What comes after a step. */
    sealed interface Next {
        static Next go(Run run) {
            return new Continue(run);
        }

        static Next again(Run run) {
            return new Again(run);
        }

        static Next lookAgain(Duration after) {
            return new LookAgain(after);
        }

        static Next done() {
            return new Done();
        }

        /** The next step of the run's state, or the first of its new state. */
        record Continue(Run run) implements Next {}

        /** The first step of the run's state again, because earlier steps are affected by the change. */
        record Again(Run run) implements Next {}

        /** Nothing more for now; the run is reconciled again after this time, even if nobody asks. */
        record LookAgain(Duration after) implements Next {}

        /** Nothing more until somebody asks. */
        record Done() implements Next {}
    }
}
