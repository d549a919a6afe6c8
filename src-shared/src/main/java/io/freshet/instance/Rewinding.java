package io.freshet.instance;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A rewound history: what led to the failure is void, and keeps its place and time only. */
final class Rewinding {
    private Rewinding() {}

    static List<HistoryEvent> of(List<HistoryEvent> history) {
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
