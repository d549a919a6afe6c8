package io.freshet.gateway.orchestrations;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.gateway.access.Caller;
import io.freshet.instance.IllegalOperation;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.message.ControlMessage;
import io.freshet.message.MessageCodec;
import io.freshet.orchestration.Orchestrations;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RaisedEvents;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What a client can tell an instance to do. The document changes at once; the watcher is told, and does the rest. */
@Singleton
final class InstanceCommands {
    private static final Logger LOG = Logger.getLogger(InstanceCommands.class);

    /** If the mark were due before the change is made, the watcher would find nothing to do and remove the mark. */
    private static final Duration LONGEST_CHANGE = Duration.ofMinutes(1);

    private final InstanceStore store;
    private final RaisedEvents events;
    private final Orchestrations orchestrations;
    private final MutinyEmitter<String> control;
    private final Clock clock;

    InstanceCommands(
            InstanceStore store,
            RaisedEvents events,
            Orchestrations orchestrations,
            @Channel("control") MutinyEmitter<String> control,
            Clock clock) {
        this.store = store;
        this.events = events;
        this.orchestrations = orchestrations;
        this.control = control;
        this.clock = clock;
    }

    /**
     * What an instance is to do.
     *
     * @param id as the client wrote it
     */
    record Order(String id, @Nullable String reason, Caller caller) {}

    Uni<Void> terminate(Order order) {
        return change(
                order,
                i -> i.terminate(order.reason(), clock.instant()),
                DurableError.unknown(),
                e -> DurableError.finished());
    }

    Uni<Void> suspend(Order order) {
        return change(
                order,
                i -> i.suspend(order.reason(), clock.instant()),
                DurableError.unknown(),
                e -> DurableError.finished());
    }

    Uni<Void> resume(Order order) {
        return change(
                order,
                i -> i.resume(order.reason(), clock.instant()),
                DurableError.unknown(),
                e -> DurableError.finished());
    }

    Uni<Void> rewind(Order order) {
        return change(
                order,
                i -> i.rewind(order.reason(), clock.instant()),
                DurableError.nothingToRewind(order.id()),
                e -> DurableError.notToBeRewound(e.status()));
    }

    /**
     * The event is kept until somebody waits for it; one that is only a hint is passed on.
     *
     * @param payload JSON text
     */
    Uni<Void> raise(Instance instance, String event, String payload) {
        boolean isHint = orchestrations
                .find(instance.request().name())
                .filter(o -> o.isHint(event))
                .isPresent();
        return isHint ? tell(new ControlMessage.OutputsSeen(instance.id())) : keep(instance, event, payload);
    }

    private Uni<Void> keep(Instance instance, String event, String payload) {
        return events.raise(instance, event, payload, clock.instant())
                .chain(() -> mark(instance.id()))
                .chain(() -> announce(instance.id()));
    }

    /** Fails if the caller may not command the instance; one that they may not see does not exist. */
    static Instance commanded(Optional<Instance> found, Caller caller, DurableError unknown) {
        Instance instance =
                found.filter(i -> caller.maySee(i.request().owner())).orElseThrow(() -> unknown);
        if (!caller.mayCommand(instance.request().owner())) {
            throw DurableError.notYours(instance.id().text());
        }
        return instance;
    }

    /** The unfinished instance that takes events; fails if there is none. */
    Uni<Instance> receiver(String id, Caller caller) {
        return InstanceId.read(id)
                .map(store::find)
                .orElseThrow(DurableError::unknown)
                .map(found -> commanded(found, caller, DurableError.unknown()))
                .invoke(instance -> {
                    if (instance.status().isFinished()) {
                        throw DurableError.finished();
                    }
                });
    }

    /** Makes the watcher look at the instance some time after a change that is about to be made, even if it is not told. */
    Uni<Void> mark(InstanceId id) {
        return store.markWaiting(id, clock.instant().plus(LONGEST_CHANGE));
    }

    /** If the message is lost, the watcher acts when it sees the mark. */
    Uni<Void> announce(InstanceId id) {
        return tell(new ControlMessage.InstanceChanged(id));
    }

    private Uni<Void> tell(ControlMessage message) {
        return control.send(MessageCodec.write(message))
                .onFailure()
                .invoke(t -> LOG.warnf("The watcher was not told (%s): %s", message, t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> change(
            Order order,
            UnaryOperator<Instance> change,
            DurableError unknown,
            Function<IllegalOperation, DurableError> refusal) {
        InstanceId known = InstanceId.read(order.id()).orElseThrow(() -> unknown);
        return store.find(known)
                .map(found -> commanded(found, order.caller(), unknown))
                .map(change) // nothing is marked for what is refused
                .chain(() -> mark(known))
                .chain(() -> store.update(known, change))
                .chain(() -> announce(known))
                .onFailure(IllegalOperation.class)
                .transform(refusal)
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                .transform(t -> unknown);
    }
}
