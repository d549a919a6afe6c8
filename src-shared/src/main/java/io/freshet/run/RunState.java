package io.freshet.run;

import java.time.Instant;

/**
 * The state of a run. Each state offers only its legal transitions: a {@link Running} has no method for what only a
 * {@link Suspended} can do. The diagram in the README is checked against these methods.
 */
public sealed interface RunState {

    /** When the run entered this state. */
    Instant since();

    /** A state that still needs work. */
    sealed interface Unfinished extends RunState {
        Canceled cancel(Instant at, String reason);
    }

    /** A final state, which only a rerun or deletion by a user leaves. */
    sealed interface Finished extends RunState {}

    /** A finished state with failed items, which can be rerun. */
    sealed interface Repeatable extends Finished {
        Pending rerun(Instant at);
    }

    /** Everything is in storage; nothing has been dispatched to workers yet. */
    record Pending(Instant since) implements Unfinished {
        public Running start(Instant at) {
            return new Running(at);
        }

        public Suspended suspend(Instant at) {
            return new Suspended(at);
        }

        @Override
        public Canceled cancel(Instant at, String reason) {
            return new Canceled(at, reason);
        }
    }

    /** Workers claim items. */
    record Running(Instant since) implements Unfinished {
        public Suspended suspend(Instant at) {
            return new Suspended(at);
        }

        public Finalizing settle(Instant at) {
            return new Finalizing(at);
        }

        @Override
        public Canceled cancel(Instant at, String reason) {
            return new Canceled(at, reason);
        }
    }

    /** No new item is claimed; items in progress are completed. */
    record Suspended(Instant since) implements Unfinished {
        public Running resume(Instant at) {
            return new Running(at);
        }

        @Override
        public Canceled cancel(Instant at, String reason) {
            return new Canceled(at, reason);
        }
    }

    /** Every item is settled; the results are being merged. */
    record Finalizing(Instant since) implements Unfinished {
        public Completed complete(Instant at) {
            return new Completed(at);
        }

        public CompletedWithErrors completeWithErrors(Instant at, String reason) {
            return new CompletedWithErrors(at, reason);
        }

        public Failed fail(Instant at, String reason) {
            return new Failed(at, reason);
        }

        @Override
        public Canceled cancel(Instant at, String reason) {
            return new Canceled(at, reason);
        }
    }

    record Completed(Instant since) implements Finished {}

    /** Some items failed for good; the results hold the others. */
    record CompletedWithErrors(Instant since, String reason) implements Repeatable {
        @Override
        public Pending rerun(Instant at) {
            return new Pending(at);
        }
    }

    /** Every item failed for good, or the results could not be merged; there are no results. */
    record Failed(Instant since, String reason) implements Repeatable {
        @Override
        public Pending rerun(Instant at) {
            return new Pending(at);
        }
    }

    record Canceled(Instant since, String reason) implements Finished {}
}
