package io.freshet.gateway.orchestrations;

import io.freshet.coordination.Progression;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.gateway.access.Caller;
import io.freshet.instance.Inputs;
import io.freshet.instance.Instance;
import io.freshet.instance.Instance.Execution;
import io.freshet.instance.Instance.Request;
import io.freshet.instance.InstanceId;
import io.freshet.instance.RuntimeStatus;
import io.freshet.orchestration.Next;
import io.freshet.orchestration.Orchestration;
import io.freshet.orchestration.Orchestrations;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.OpenBlobs;
import io.freshet.storage.StreamedLines;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Starts instances. Nothing is started unless everything that was requested can be done. */
@Singleton
final class InstanceStarts {
    private final InstanceStore store;
    private final InstanceCommands commands;
    private final Orchestrations orchestrations;
    private final StreamedLines lines;
    private final OpenBlobs existing;
    private final Clock clock;

    InstanceStarts(
            InstanceStore store,
            InstanceCommands commands,
            Orchestrations orchestrations,
            StreamedLines lines,
            OpenBlobs existing,
            Clock clock) {
        this.store = store;
        this.commands = commands;
        this.orchestrations = orchestrations;
        this.lines = lines;
        this.existing = existing;
        this.clock = clock;
    }

    /** The orchestration of this name; fails with the known names if there is none. */
    Orchestration known(String name) {
        return orchestrations
                .find(name)
                .orElseThrow(() -> DurableError.badStart("The function '" + name
                        + "' doesn't exist, is disabled, or is not an orchestrator function. Additional info: The"
                        + " following are the known orchestrator functions: "
                        + orchestrations.names().stream().collect(Collectors.joining("', '", "'", "'"))
                        + "."));
    }

    static InstanceId id(String text) {
        InstanceId.whyNot(text).ifPresent(why -> {
            throw DurableError.badStart(why);
        });
        return new InstanceId(text);
    }

    /**
     * Fails if the id belongs to an unfinished instance, or to one that the caller may not replace.
     *
     * @param token of the execution
     */
    Uni<InstanceId> start(InstanceId id, Request request, String token, Caller caller) {
        return start(new Start(id, request, token, caller), DurableError::taken);
    }

    private record Start(InstanceId id, Request request, String token, Caller caller) {}

    /** Starts an orchestration once more with the same input. */
    Uni<InstanceId> restart(String id, InstanceId newId, Caller caller) {
        return InstanceId.read(id)
                .map(store::find)
                .orElseThrow(() -> DurableError.nothingToRestart(id))
                .map(found -> InstanceCommands.commanded(found, caller, DurableError.nothingToRestart(id)))
                .flatMap(instance -> again(instance, newId, caller))
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND)) // purged meanwhile
                .transform(t -> DurableError.nothingToRestart(id));
    }

    /** It belongs to whoever restarts it. */
    private Uni<InstanceId> again(Instance instance, InstanceId id, Caller caller) {
        Request before = instance.request();
        Request request = new Request(before.name(), before.version(), before.input(), before.lines(), caller.name());
        Start start = new Start(id, request, UUID.randomUUID().toString(), caller);
        return request.lines() == null ? start(start, DurableError::takenByRestart) : withLines(start, request.lines());
    }

    /** With its own copy of the lines: those of the previous instance are removed with it. */
    private Uni<InstanceId> withLines(Start start, Inputs.Stored streamed) {
        Request request = start.request();
        return lines.copy(streamed.blob(), start.id(), start.token())
                .map(copy -> new Request(
                        request.name(),
                        request.version(),
                        request.input(),
                        new Inputs.Stored(copy, streamed.count()),
                        request.owner()))
                .flatMap(copied -> start(
                        new Start(start.id(), copied, start.token(), start.caller()), DurableError::takenByRestart))
                .onFailure(DurableError.class)
                .call(() -> lines.remove(start.id(), start.token()).onFailure().recoverWithNull());
    }

    private Uni<InstanceId> start(Start start, Function<RuntimeStatus, DurableError> refusal) {
        InstanceId id = start.id();
        Request request = start.request();
        Instance sample = Instance.started(id, request, new Execution(start.token(), 0), clock.instant());
        check(known(request.name()), sample);
        return commands.mark(id)
                .chain(() -> store.start(
                        id,
                        generation -> Instance.started(
                                id, request, new Execution(start.token(), generation), sample.created()),
                        finished -> start.caller().mayCommand(finished.request().owner())))
                .invoke(holder -> holder.ifPresent(status -> {
                    throw refusal.apply(status);
                }))
                .chain(() -> commands.announce(id))
                .replaceWith(id);
    }

    /** An input that the orchestration refuses is the client's mistake; whatever else it throws fails the instance. */
    private void check(Orchestration orchestration, Instance sample) {
        try {
            check(orchestration.begin(Progression.start(sample)));
        } catch (DurableError e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw DurableError.badStart(e.getMessage() == null ? "The input is not understood." : e.getMessage());
        } catch (RuntimeException e) {
            // the watcher meets the same failure, and the instance reports it
        }
    }

    /** As for the input of a job: naming a blob does not lend the caller our own access. The watcher checks once more. */
    private void check(Next first) {
        if (first.action() instanceof Next.FanOut step
                && step.inputs() instanceof Inputs.Existing inputs
                && !existing.mayList(inputs.container(), inputs.names())) {
            throw DurableError.bad("Blobs below '" + inputs.prefix()
                    + "' may not be used as inputs: INPUTCONTAINERS names the containers that may.");
        }
    }
}
