package io.freshet.instance;

import io.freshet.run.RunId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What happened to an instance. A step is one event, however many items it has. JSON values are kept as text. */
public sealed interface HistoryEvent {
    Instant at();

    /** @param generation number of earlier instances with the same id */
    record Started(Instant at, String name, @Nullable String input, int generation) implements HistoryEvent {}

    record StepStarted(Instant at, int step, String function, RunId run) implements HistoryEvent {}

    /** @param result reduced value, or the counts without a reducer */
    record StepCompleted(Instant at, int step, Task task, String result) implements HistoryEvent {}

    record StepFailed(Instant at, int step, Task task, Failure failure) implements HistoryEvent {}

    record EventRaised(Instant at, String name, String input) implements HistoryEvent {}

    record Suspended(Instant at, @Nullable String reason) implements HistoryEvent {}

    record Resumed(Instant at, @Nullable String reason) implements HistoryEvent {}

    record Terminated(Instant at, @Nullable String reason) implements HistoryEvent {}

    /**
     * The end.
     *
     * @param result JSON text
     */
    record Ended(Instant at, RuntimeStatus status, @Nullable String result) implements HistoryEvent {}

    /** An event voided by a rewind, or the reason for the rewind. */
    record Generic(Instant at, @Nullable String data) implements HistoryEvent {}

    /** What a step computed, and when it began. */
    record Task(String function, Instant scheduled) {}

    /**
     * Why a step failed.
     *
     * @param details the first failed items with their reasons
     */
    record Failure(String reason, String details) {}
}
