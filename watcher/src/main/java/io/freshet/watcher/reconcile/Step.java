package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.smallrye.mutiny.Uni;

import java.time.Duration;

/**
 * One thing that is done for a run in some state. What is to be done follows from storage alone, so that a step may be
 * repeated, by this watcher or another, and may be the last of this process.
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

        /** The first step of the run's state, whichever it has: what has changed bears on steps before. */
        record Again(Run run) implements Next {}

        /** Nothing more for now; the run is worth another look after that time, even if nobody asks for one. */
        record LookAgain(Duration after) implements Next {}

        /** Nothing more until somebody asks. */
        record Done() implements Next {}
    }
}
