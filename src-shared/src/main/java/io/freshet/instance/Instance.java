package io.freshet.instance;

import io.freshet.instance.HistoryEvent.Failure;
import io.freshet.instance.Position.InStep;
import io.freshet.run.RunId;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * An orchestration started by a client: a short sequence of runs under the client's id. Immutable: every change returns
 * a new instance, which storage accepts only if nobody else has written meanwhile.
 *
 * @param execution identifies it among the instances with this id
 * @param updated when it was last changed
 */
public record Instance(
        InstanceId id,
        Request request,
        Execution execution,
        RuntimeStatus status,
        Position position,
        Values values,
        Instant created,
        Instant updated,
        List<HistoryEvent> history) {

    public Instance {
        history = List.copyOf(history);
    }

    /**
     * What the client asked for.
     *
     * @param name of the orchestration, in the client's spelling
     * @param input JSON text; {@code ""} if the client announced a body and sent nothing
     * @param lines inputs that were streamed
     * @param owner who started it; absent without authentication
     */
    public record Request(
            String name,
            @Nullable String version,
            @Nullable String input,
            Inputs.@Nullable Stored lines,
            @Nullable String owner) {

        /** A request without an owner. */
        public Request(String name, @Nullable String version, @Nullable String input, Inputs.@Nullable Stored lines) {
            this(name, version, input, lines, null);
        }
    }

    /**
     * One use of an id. Anything that belongs to another use is ignored.
     *
     * @param token unique
     * @param generation number of instances that had the id before
     */
    public record Execution(String token, int generation) {}

    /**
     * JSON texts.
     *
     * @param output the result; the reason while suspended, after a resume, and of a termination
     * @param customStatus what the orchestration or its progress shows
     * @param kept what the orchestration receives again at its next decision
     * @param received name of the blob of the event that was consumed last, which may still exist
     */
    public record Values(
            @Nullable String output,
            @Nullable String customStatus,
            @Nullable String kept,
            @Nullable String received) {
        static final Values NONE = new Values(null, null, null, null);

        Values withOutput(@Nullable String text) {
            return new Values(text, customStatus, kept, received);
        }
    }

    /** An instance that has just been started. */
    public static Instance started(InstanceId id, Request request, Execution execution, Instant at) {
        HistoryEvent first = new HistoryEvent.Started(at, request.name(), request.input(), execution.generation());
        return new Instance(
                id,
                request,
                execution,
                RuntimeStatus.PENDING,
                new Position.NotBegun(),
                Values.NONE,
                at,
                at,
                List.of(first));
    }

    /** Whether no earlier instance had this id; otherwise blobs named by the id alone may be those of others. */
    public boolean isFirstOfItsId() {
        return execution.generation() == 0;
    }

    /** Whether this run computes the current step; any other run of the instance is obsolete and to be canceled. */
    public boolean isComputedBy(RunId run) {
        return position instanceof InStep step && step.run().equals(run);
    }

    /** The runs of its steps. */
    public List<RunId> runs() {
        return History.runs(history);
    }

    /** Whether the orchestration may be asked and its steps may continue. */
    public boolean isActive() {
        return status == RuntimeStatus.PENDING || status == RuntimeStatus.RUNNING;
    }

    /** A step begins. */
    public Instance step(InStep next, Instant at) {
        return running(next, values, at).plus(History.begun(next, at));
    }

    /** The orchestration waits for an event. */
    public Instance waiting(Position.Waiting wait, Instant at) {
        return running(wait, values, at);
    }

    /**
     * The step has been computed; the orchestration decides next.
     *
     * @param summary JSON text of the result of the step
     * @param result JSON text for the history
     */
    public Instance stepCompleted(String summary, String result, Instant at) {
        InStep done = inStep("complete a step of");
        HistoryEvent event = new HistoryEvent.StepCompleted(at, done.number(), History.task(this, done), result);
        String cause = "{\"step\":" + summary + "}";
        return running(new Position.Undecided(done.number(), cause), values, at).plus(event);
    }

    /** Items of the step have failed for good. The position stays for a rewind. */
    public Instance stepFailed(Failure failure, Instant at) {
        InStep failed = inStep("fail a step of");
        HistoryEvent event = new HistoryEvent.StepFailed(at, failed.number(), History.task(this, failed), failure);
        return plus(event)
                .failed(OutputText.functionFailed(request.name(), failed.step().function(), failure.reason()), at);
    }

    /** The awaited event has arrived; the orchestration decides next. */
    public Instance received(RaisedEvent event, Instant at) {
        if (!(position instanceof Position.Waiting wait)) {
            throw new IllegalOperation(id, status, "give an event to");
        }
        Values now = new Values(values.output(), values.customStatus(), values.kept(), event.blob());
        String cause = "{\"event\":" + event.payload() + "}";
        return running(new Position.Undecided(wait.steps(), cause), now, at)
                .plus(new HistoryEvent.EventRaised(event.at(), event.name(), event.payload()));
    }

    /** The awaited event did not arrive in time; the orchestration decides next. */
    public Instance timedOut(Instant at) {
        if (!(position instanceof Position.Waiting wait)) {
            throw new IllegalOperation(id, status, "end the wait of");
        }
        return running(new Position.Undecided(wait.steps(), "{}"), values, at);
    }

    /** Sets what the orchestration shows and what it receives again. */
    public Instance showing(@Nullable String customStatus, @Nullable String kept) {
        Values now = new Values(values.output(), customStatus, kept, values.received());
        return now.equals(values)
                ? this
                : new Instance(id, request, execution, status, position, now, created, updated, history);
    }

    /** Live progress; changes nothing else. */
    public Instance progressed(String customStatus, Instant at) {
        return Objects.equals(customStatus, values.customStatus())
                ? this
                : showing(customStatus, values.kept()).with(status, position, at);
    }

    public Instance completed(@Nullable String output, Instant at) {
        return ended(RuntimeStatus.COMPLETED, output, at).with(RuntimeStatus.COMPLETED, new Position.Ended(), at);
    }

    /** The orchestration itself has failed. The position stays, so a rewind asks it again. */
    public Instance orchestrationFailed(String reason, Instant at) {
        return failed(OutputText.orchestrationFailed(request.name(), reason), at);
    }

    /** Ends it at once; its reconciler then cancels the run and {@link #released() releases} it. */
    public Instance terminate(@Nullable String reason, Instant at) {
        refuseIfFinished("terminate");
        return plus(new HistoryEvent.Terminated(at, reason))
                .ended(RuntimeStatus.TERMINATED, reason == null ? null : OutputText.quote(reason), at);
    }

    /** Suspending again changes nothing. */
    public Instance suspend(@Nullable String reason, Instant at) {
        refuseIfFinished("suspend");
        if (status == RuntimeStatus.SUSPENDED) {
            return this;
        }
        return plus(new HistoryEvent.Suspended(at, reason))
                .showingReason(reason)
                .with(RuntimeStatus.SUSPENDED, position, at);
    }

    /** Resuming one that is not suspended changes nothing. */
    public Instance resume(@Nullable String reason, Instant at) {
        refuseIfFinished("resume");
        if (status != RuntimeStatus.SUSPENDED) {
            return this;
        }
        return plus(new HistoryEvent.Resumed(at, reason))
                .showingReason(reason)
                .with(RuntimeStatus.RUNNING, position, at);
    }

    /** Reruns what failed, and nothing else. */
    public Instance rewind(@Nullable String reason, Instant at) {
        if (status != RuntimeStatus.FAILED) {
            throw new IllegalOperation(id, status, "rewind");
        }
        Position again =
                position instanceof InStep s ? new InStep(s.number(), s.run(), s.generation() + 1, s.step()) : position;
        Instance rewound = new Instance(
                        id,
                        request,
                        execution,
                        RuntimeStatus.RUNNING,
                        again,
                        values.withOutput(null),
                        created,
                        at,
                        History.rewound(history))
                .plus(new HistoryEvent.Generic(at, reason));
        return again instanceof InStep s ? rewound.plus(History.begun(s, at)) : rewound;
    }

    /** Its run has been canceled and nothing is left to do. */
    public Instance released() {
        return new Instance(id, request, execution, status, new Position.Ended(), values, created, updated, history);
    }

    private InStep inStep(String operation) {
        if (position instanceof InStep step && isActive()) {
            return step;
        }
        throw new IllegalOperation(id, status, operation);
    }

    private Instance failed(String text, Instant at) {
        return ended(RuntimeStatus.FAILED, OutputText.quote(text), at);
    }

    private Instance ended(RuntimeStatus end, @Nullable String output, Instant at) {
        return new Instance(id, request, execution, end, position, values.withOutput(output), created, at, history)
                .plus(new HistoryEvent.Ended(at, end, output));
    }

    private Instance running(Position next, Values now, Instant at) {
        if (!isActive()) {
            throw new IllegalOperation(id, status, "go on with");
        }
        return new Instance(id, request, execution, RuntimeStatus.RUNNING, next, now, created, at, history);
    }

    private Instance showingReason(@Nullable String reason) {
        Values now = values.withOutput(reason == null ? null : OutputText.quote(reason));
        return new Instance(id, request, execution, status, position, now, created, updated, history);
    }

    private Instance with(RuntimeStatus next, Position where, Instant at) {
        return new Instance(id, request, execution, next, where, values, created, at, history);
    }

    private Instance plus(HistoryEvent event) {
        List<HistoryEvent> longer =
                Stream.concat(history.stream(), Stream.of(event)).toList();
        return new Instance(id, request, execution, status, position, values, created, updated, longer);
    }

    private void refuseIfFinished(String operation) {
        if (status.isFinished()) {
            throw new IllegalOperation(id, status, operation);
        }
    }
}
