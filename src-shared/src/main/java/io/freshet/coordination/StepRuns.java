package io.freshet.coordination;

import io.freshet.instance.HistoryEvent.Failure;
import io.freshet.instance.Instance;
import io.freshet.instance.Position.InStep;
import io.freshet.orchestration.StepSummary;
import io.freshet.run.RunId;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

/** The engine as an orchestration sees it. Every call may be repeated without further effect. */
public interface StepRuns {

    /**
     * Starts the run of a step unless it exists, resumes it if it is suspended, reruns its failed items if it is of an
     * earlier generation than the step, and returns its state.
     */
    Uni<StepState> advance(Instance instance, InStep step);

    /** Suspends the run if it exists and has not ended. */
    Uni<Void> suspend(RunId run);

    /** Cancels the run if it exists and has not ended. */
    Uni<Void> cancel(RunId run);

    /** Removes the run in whatever state it is; its inputs and outputs stay. */
    Uni<Void> remove(RunId run);

    /** State of a step's run. */
    sealed interface StepState {

        /** Not ended; its end is announced by whoever reconciles the run. */
        record Computing(Progress progress) implements StepState {}

        /** @param progress final progress to show; absent: as shown before */
        record Computed(StepSummary summary, @Nullable Progress progress) implements StepState {}

        /** @param progress as in {@link Computed} */
        record Broken(Failure failure, @Nullable Progress progress) implements StepState {}
    }

    /** @param itemsPerSecond since the run started */
    record Progress(int completed, int failed, int total, double itemsPerSecond) {}
}
