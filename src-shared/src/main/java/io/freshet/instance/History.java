package io.freshet.instance;

import io.freshet.instance.Position.InStep;
import io.freshet.run.RunId;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The steps in an instance's history, and what a rewind makes of them. */
final class History {
    private History() {}

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

    /** What led to the failure becomes void: only its place and time are kept. */
    static List<HistoryEvent> rewound(List<HistoryEvent> history) {
        Set<Integer> failed = history.stream()
                .filter(HistoryEvent.StepFailed.class::isInstance)
                .map(e -> ((HistoryEvent.StepFailed) e).step())
                .collect(Collectors.toSet());
        return history.stream()
                .map(e -> isVoid(e, failed) ? new HistoryEvent.Generic(e.at(), null) : e)
                .toList();
    }

    private static boolean isVoid(HistoryEvent event, Set<Integer> failed) {
        return switch (event) {
            case HistoryEvent.StepStarted s -> failed.contains(s.step());
            case HistoryEvent.StepFailed s -> true;
            case HistoryEvent.Ended s -> true;
            default -> false;
        };
    }
}
