package io.freshet.run;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A run: an ordered set of work items {@code 0..n-1}, its state and its progress. Immutable: every change returns a new
 * run, which storage accepts only if nobody else has written meanwhile.
 *
 * @param deletedAt when a user deleted it; then its blobs are removed, and finally the document
 */
public record Run(
        RunId id,
        RunSpec spec,
        RunState state,
        Progress progress,
        Dispatch dispatch,
        Location location,
        Timeline timeline,
        @Nullable Instant deletedAt) {

    /** A run that has just been released. */
    public static Run submitted(RunId id, RunSpec spec, Instant at) {
        return new Run(
                id,
                spec,
                new RunState.Pending(at),
                Progress.NONE,
                Dispatch.FIRST,
                Location.UNDECIDED,
                Timeline.submittedAt(at),
                null);
    }

    /** Number of work items. */
    public int itemCount() {
        return spec.items().count();
    }

    public boolean isUnfinished() {
        return state instanceof RunState.Unfinished && !isDeleted();
    }

    public boolean isDeleted() {
        return deletedAt != null;
    }

    /** Whether workers may claim items now. */
    public boolean acceptsWork() {
        return state instanceof RunState.Running && !isDeleted();
    }

    /** Whether workers may merge the results now. */
    public boolean acceptsMerge() {
        return state instanceof RunState.Finalizing && !isDeleted();
    }

    public boolean isSettled() {
        return progress.settled() >= itemCount();
    }

    /** Items that are neither done nor failed. */
    public int remaining() {
        return Math.max(0, itemCount() - progress.settled());
    }

    /** Items for which a message has been sent in this execution. */
    public ItemSet sent() {
        return switch (spec.items()) {
            case Items.Parts parts -> ListingOrder.upTo(dispatch.cursor(), itemCount());
            case Items.Blobs blobs -> ItemSet.first((int) Math.min(dispatch.cursor() + 1L, itemCount()));
        };
    }

    /** Items that are not settled and whose messages have been sent, and may be in flight. */
    public int outstanding() {
        return sent().minus(progress.done()).minus(progress.failed()).size();
    }

    /** Whether no message has been sent since the run was released, resumed or rerun. */
    public boolean needsDispatch() {
        return state instanceof RunState.Running && dispatch.at() == null;
    }

    /** True if both snapshots are of the same execution: failures of an earlier one do not count. */
    public boolean isSameExecution(Run earlier) {
        return dispatch.generation() == earlier.dispatch.generation();
    }

    /**
     * Whether messages may have been lost and should be resent.
     *
     * @param still number of reconcile intervals without progress
     */
    public boolean isStalled(long still) {
        return dispatch.at() != null && dispatch.repeatIsDue(still);
    }

    /** How long items have been worked on, without the time of suspensions in which nothing was in progress. */
    public Duration worked(Instant now) {
        return stretchEndedAt(now).worked();
    }

    public Run start(Clock clock) {
        if (!(state instanceof RunState.Pending pending)) {
            throw new IllegalTransition(id, state, "start");
        }
        Instant now = clock.instant();
        return new Run(id, spec, pending.start(now), progress, dispatch, placed(), timeline.startedAt(now), deletedAt);
    }

    /** Where it is computed from now on; a run without a decision stays in the cluster. */
    private Location placed() {
        return location instanceof Location.Undecided ? new Location.Cluster(null) : location;
    }

    /** Sets where it is computed; the first decision of an execution holds. */
    public Run place(Location where) {
        return location instanceof Location.Undecided ? at(where, dispatch) : this;
    }

    /** Changes the pods of a burst. */
    public Run burst(Location.Burst where) {
        return at(where, dispatch);
    }

    /** The cluster's workers take over, for which no messages have been sent yet. */
    public Run fallBack(String reason, Clock clock) {
        return at(new Location.FellBack(clock.instant(), reason), dispatch.needed());
    }

    private Run at(Location where, Dispatch messages) {
        return new Run(id, spec, state, progress, messages, where, timeline, deletedAt);
    }

    /** Messages have been sent up to and including this item, in listing order; {@link Dispatch#ALL}: for all items. */
    public Run dispatched(int cursor, Clock clock) {
        Instant now = clock.instant();
        return new Run(
                id,
                spec,
                state,
                progress,
                dispatch.sentUpTo(cursor, now),
                location,
                timeline.dispatchedAt(now),
                deletedAt);
    }

    /** Messages that seemed lost have been resent. */
    public Run repeated(Clock clock) {
        return with(dispatch.repeated(clock.instant()));
    }

    /** Applies outcomes. Returns {@code this} if all of them are known already, or if the run accepts none any more. */
    public Run apply(List<? extends ItemOutcome> outcomes, Clock clock) {
        boolean open = state instanceof RunState.Running || state instanceof RunState.Suspended;
        Progress applied = open ? progress.plus(ofThisExecution(outcomes)) : progress;
        if (applied.equals(progress)) {
            return this;
        }
        Instant now = clock.instant();
        Timeline when = state instanceof RunState.Suspended suspended
                ? timeline.progressedInSuspension(now, suspended.since())
                : timeline.progressedAt(now);
        return new Run(id, spec, state, applied, dispatch, location, when, deletedAt);
    }

    /** All items are settled; the results are merged next. */
    public Run settle(Clock clock) {
        if (!(state instanceof RunState.Running running) || !isSettled()) {
            throw new IllegalTransition(id, state, "settle");
        }
        Instant now = clock.instant();
        return with(running.settle(now), stretchEndedAt(now));
    }

    /** The results are merged, or there are none because every item failed. */
    public Run end(Clock clock) {
        if (!(state instanceof RunState.Finalizing finalizing)) {
            throw new IllegalTransition(id, state, "end");
        }
        Instant now = clock.instant();
        return with(verdict(finalizing, now), timeline.endedAt(now));
    }

    /** The results cannot be merged. */
    public Run failMerge(String reason, Clock clock) {
        if (!(state instanceof RunState.Finalizing finalizing)) {
            throw new IllegalTransition(id, state, "end");
        }
        Instant now = clock.instant();
        return with(finalizing.fail(now, reason), timeline.endedAt(now));
    }

    /** Ends an unfinished run without results. Canceling again changes nothing. */
    public Run cancel(String reason, Clock clock) {
        if (state instanceof RunState.Canceled) {
            return this;
        }
        if (!(state instanceof RunState.Unfinished unfinished)) {
            throw new IllegalTransition(id, state, "cancel");
        }
        Instant now = clock.instant();
        return with(unfinished.cancel(now, reason), stretchEndedAt(now).endedAt(now));
    }

    /** Suspending again changes nothing. */
    public Run suspend(Clock clock) {
        Instant now = clock.instant();
        return switch (state) {
            case RunState.Suspended s -> this;
            case RunState.Running running -> with(running.suspend(now), stretchEndedAt(now));
            case RunState.Pending pending -> with(pending.suspend(now), timeline);
            default -> throw new IllegalTransition(id, state, "suspend");
        };
    }

    /** Resuming a run that was not suspended changes nothing. */
    public Run resume(Clock clock) {
        if (state instanceof RunState.Pending || state instanceof RunState.Running) {
            return this;
        }
        if (!(state instanceof RunState.Suspended suspended)) {
            throw new IllegalTransition(id, state, "resume");
        }
        Instant now = clock.instant();
        return new Run(
                id,
                spec,
                suspended.resume(now),
                progress,
                dispatch.needed(),
                location,
                timeline.startedAt(now),
                deletedAt);
    }

    /** Reruns the failed items. */
    public Run rerunFailed(Clock clock) {
        if (!(state instanceof RunState.Repeatable repeatable)) {
            throw new IllegalTransition(id, state, "rerun");
        }
        Instant now = clock.instant();
        return new Run(
                id,
                spec,
                repeatable.rerun(now),
                progress.withoutFailures(),
                dispatch.nextGeneration(),
                Location.UNDECIDED,
                timeline.again(),
                deletedAt);
    }

    /** Marks the run for removal. Deleting again changes nothing. */
    public Run delete(Clock clock) {
        return isDeleted() ? this : new Run(id, spec, state, progress, dispatch, location, timeline, clock.instant());
    }

    private Timeline stretchEndedAt(Instant now) {
        return state instanceof RunState.Running running ? timeline.workedUntil(now, running.since()) : timeline;
    }

    private RunState verdict(RunState.Finalizing finalizing, Instant now) {
        if (progress.failed().isEmpty()) {
            return finalizing.complete(now);
        }
        return progress.done().isEmpty() || spec.items() instanceof Items.Blobs
                ? finalizing.fail(now, itemsFailed())
                : finalizing.completeWithErrors(now, itemsFailed());
    }

    private String itemsFailed() {
        return progress.failed().size() + " of " + itemCount() + " items failed";
    }

    /** Until a rerun has sent a message for an item, a failure of it belongs to the previous execution. */
    private List<? extends ItemOutcome> ofThisExecution(List<? extends ItemOutcome> outcomes) {
        ItemSet begun = dispatch.generation() == 1 ? ItemSet.first(itemCount()) : sent();
        return outcomes.stream()
                .filter(o -> o.item() >= 0 && o.item() < itemCount())
                .filter(o -> !(o instanceof ItemOutcome.Failed) || begun.contains(o.item()))
                .toList();
    }

    private Run with(Dispatch messages) {
        return new Run(id, spec, state, progress, messages, location, timeline, deletedAt);
    }

    private Run with(RunState next, Timeline when) {
        return new Run(id, spec, next, progress, dispatch, location, when, deletedAt);
    }
}
