package io.freshet.coordination;

import io.freshet.instance.HistoryEvent.Failure;
import io.freshet.instance.Instance;
import io.freshet.instance.Position.InStep;
import io.freshet.orchestration.StepSummary;
import io.freshet.run.RunId;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/**
 * The engine as an orchestration sees it. Every call may come twice, and then changes nothing.
 */
public interface StepRuns {

    /**
     * Starts the run of a step unless it is there, has it resumed if it was suspended, runs its failed items again if it
     * is of an earlier generation than the step, and says how it stands.
     */
    Uni<StepState> advance(Instance instance, InStep step);

    /** Suspends the run if it is there and has not ended. */
    Uni<Void> suspend(RunId run);

    /** Cancels the run if it is there and has not ended. */
    Uni<Void> cancel(RunId run);

    /** Has the run removed, whatever it does; not its inputs and outputs. */
    Uni<Void> remove(RunId run);

    /** How the run of a step stands. */
    sealed interface StepState {

        /** Whoever looks after the run says when it has ended. */
        record Computing(Progress progress) implements StepState {}

        /** @param progress what is shown last; absent: what was shown before */
        record Computed(StepSummary summary, @Nullable Progress progress) implements StepState {}

        /** @param progress as of {@link Computed} */
        record Broken(Failure failure, @Nullable Progress progress) implements StepState {}
    }

    /** @param itemsPerSecond since the run started */
    record Progress(int completed, int failed, int total, double itemsPerSecond) {}
}
