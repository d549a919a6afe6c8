package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunState;
import jakarta.inject.Singleton;

import java.util.List;

/** The steps that a run takes in each state, in order. */
@Singleton
final class StepTable {
    private final List<Step> pending;
    private final List<Step> running;
    private final List<Step> suspended;
    private final List<Step> finalizing;
    private final List<Step> finished;
    private final List<Step> deleted;

    StepTable(
            PlaceStep place,
            StartStep start,
            DispatchStep dispatch,
            OutcomesStep outcomes,
            SettleStep settle,
            BurstStep burst,
            RepeatStep repeat,
            FinalizeStep finish,
            EndBurstStep end,
            CloseStep close,
            ReportStep report,
            ForgetStep forget,
            DeleteStep delete) {
        pending = List.of(place, start);
        running = List.of(place, dispatch, outcomes, settle, burst, repeat);
        suspended = List.of(burst, outcomes);
        finalizing = List.of(finish);
        finished = List.of(end, close, report, forget);
        deleted = List.of(end, delete);
    }

    List<Step> of(Run run) {
        if (run.isDeleted()) {
            return deleted;
        }
        return switch (run.state()) {
            case RunState.Pending s -> pending;
            case RunState.Running s -> running;
            case RunState.Suspended s -> suspended;
            case RunState.Finalizing s -> finalizing;
            case RunState.Finished s -> finished;
        };
    }
}
