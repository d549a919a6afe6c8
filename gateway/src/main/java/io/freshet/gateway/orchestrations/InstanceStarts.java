package io.freshet.gateway.orchestrations;

import io.freshet.coordination.Progression;
import io.freshet.instance.Instance;
import io.freshet.instance.Instance.Execution;
import io.freshet.instance.Instance.Request;
import io.freshet.instance.InstanceId;
import io.freshet.instance.RuntimeStatus;
import io.freshet.orchestration.Orchestration;
import io.freshet.orchestration.Orchestrations;
import io.freshet.storage.InstanceStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Starts instances. Nothing is started unless all that was asked for can be done. */
@Singleton
final class InstanceStarts {
    private final InstanceStore store;
    private final InstanceCommands commands;
    private final Orchestrations orchestrations;
    private final Clock clock;

    InstanceStarts(InstanceStore store, InstanceCommands commands, Orchestrations orchestrations, Clock clock) {
        this.store = store;
        this.commands = commands;
        this.orchestrations = orchestrations;
        this.clock = clock;
    }

    /** The orchestration of this name; fails with the names that there are. */
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
     * Fails if an unfinished instance has the id.
     *
     * @param token of the execution
     */
    Uni<InstanceId> start(InstanceId id, Request request, String token) {
        return start(id, request, token, DurableError::taken);
    }

    /** Starts an orchestration once more with the same input. */
    Uni<InstanceId> restart(String id, InstanceId newId) {
        return InstanceId.read(id)
                .map(store::find)
                .orElseThrow(() -> DurableError.nothingToRestart(id))
                .map(found -> found.orElseThrow(() -> DurableError.nothingToRestart(id)))
                .flatMap(instance ->
                        start(newId, instance.request(), UUID.randomUUID().toString(), DurableError::takenByRestart));
    }

    private Uni<InstanceId> start(
            InstanceId id, Request request, String token, Function<RuntimeStatus, DurableError> refusal) {
        Instance sample = Instance.started(id, request, new Execution(token, 0), clock.instant());
        check(known(request.name()), sample);
        return commands.mark(id)
                .chain(() -> store.start(
                        id,
                        generation ->
                                Instance.started(id, request, new Execution(token, generation), sample.created())))
                .invoke(holder -> holder.ifPresent(status -> {
                    throw refusal.apply(status);
                }))
                .chain(() -> commands.announce(id))
                .replaceWith(id);
    }

    /** An input that the orchestration refuses is the client's mistake; whatever else it throws fails the instance. */
    private static void check(Orchestration orchestration, Instance sample) {
        try {
            orchestration.begin(Progression.start(sample));
        } catch (IllegalArgumentException e) {
            throw DurableError.badStart(e.getMessage() == null ? "The input is not understood." : e.getMessage());
        } catch (RuntimeException e) {
            // the watcher finds the same, and the instance says so
        }
    }
}
