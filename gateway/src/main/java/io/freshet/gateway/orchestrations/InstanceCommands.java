package io.freshet.gateway.orchestrations;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.instance.IllegalOperation;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.message.ControlMessage;
import io.freshet.message.Wire;
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
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** What a client can tell an instance to do. The document changes at once; the watcher is told to see to the rest. */
@Singleton
final class InstanceCommands {
    private static final Logger LOG = Logger.getLogger(InstanceCommands.class);

    /** If the mark came before the change, whoever looks would find nothing to do, and take the mark away. */
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

    Uni<Void> terminate(String id, @Nullable String reason) {
        return change(
                id, i -> i.terminate(reason, clock.instant()), DurableError.unknown(), e -> DurableError.finished());
    }

    Uni<Void> suspend(String id, @Nullable String reason) {
        return change(
                id, i -> i.suspend(reason, clock.instant()), DurableError.unknown(), e -> DurableError.finished());
    }

    Uni<Void> resume(String id, @Nullable String reason) {
        return change(id, i -> i.resume(reason, clock.instant()), DurableError.unknown(), e -> DurableError.finished());
    }

    Uni<Void> rewind(String id, @Nullable String reason) {
        return change(
                id,
                i -> i.rewind(reason, clock.instant()),
                DurableError.nothingToRewind(id),
                e -> DurableError.notToBeRewound(e.status()));
    }

    /**
     * The event is kept until somebody waits for it; one that is but a hint is passed on.
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

    /** The unfinished instance that takes events; fails if there is none. */
    Uni<Instance> receiver(String id) {
        return InstanceId.read(id)
                .map(store::find)
                .orElseThrow(DurableError::unknown)
                .map(found -> found.orElseThrow(DurableError::unknown))
                .invoke(instance -> {
                    if (instance.status().isFinished()) {
                        throw DurableError.finished();
                    }
                });
    }

    /** Has the instance looked at some time after a change that is about to be made, even if nobody is told of it. */
    Uni<Void> mark(InstanceId id) {
        return store.markWaiting(id, clock.instant().plus(LONGEST_CHANGE));
    }

    /** A lost message delays what is to be done until the watcher sees the mark. */
    Uni<Void> announce(InstanceId id) {
        return tell(new ControlMessage.InstanceChanged(id));
    }

    private Uni<Void> tell(ControlMessage message) {
        return control.send(Wire.write(message))
                .onFailure()
                .invoke(t -> LOG.warnf("The watcher was not told (%s): %s", message, t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> change(
            String id,
            UnaryOperator<Instance> change,
            DurableError unknown,
            Function<IllegalOperation, DurableError> refusal) {
        InstanceId known = InstanceId.read(id).orElseThrow(() -> unknown);
        return store.find(known)
                .map(found -> found.map(change).orElseThrow(() -> unknown)) // nothing is marked for what is refused
                .chain(() -> mark(known))
                .chain(() -> store.update(known, change))
                .chain(() -> announce(known))
                .onFailure(IllegalOperation.class)
                .transform(refusal)
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                .transform(t -> unknown);
    }
}
