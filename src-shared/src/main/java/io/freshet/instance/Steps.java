package io.freshet.instance;

import io.freshet.instance.Position.InStep;
import io.freshet.run.RunId;

import java.time.Instant;
import java.util.List;

/** The steps in a history. */
final class Steps {
    private Steps() {}

    static HistoryEvent begun(InStep step, Instant at) {
        return new HistoryEvent.StepStarted(at, step.number(), step.step().function(), step.run());
    }

    static HistoryEvent.Task task(Instance instance, InStep step) {
        Instant begun = instance.history().reversed().stream()
                .filter(e -> e instanceof HistoryEvent.StepStarted s && s.step() == step.number())
                .findFirst()
                .map(HistoryEvent::at)
                .orElse(instance.created());
        return new HistoryEvent.Task(step.step().function(), begun);
    }

    static List<RunId> runs(List<HistoryEvent> history) {
        return history.stream()
                .filter(HistoryEvent.StepStarted.class::isInstance)
                .map(e -> ((HistoryEvent.StepStarted) e).run())
                .distinct()
                .toList();
    }
}
