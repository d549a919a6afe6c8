package io.freshet.watcher.progress;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.items.Layouts;
import io.freshet.message.ControlMessage;
import io.freshet.message.MessageCodec;
import io.freshet.run.ItemOutcome;
import io.freshet.run.Run;
import io.freshet.storage.RunStore;
import io.freshet.watcher.doctor.Probes;
import io.freshet.watcher.instances.Instances;
import io.freshet.watcher.reconcile.Reconciler;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

import java.util.List;

/** Receives control messages of gateways and workers. */
@Singleton
public final class ControlConsumer {
    private static final int AT_ONCE = 32;

    private final Multi<Message<String>> messages;
    private final ProgressLedger ledger;
    private final Reconciler reconciler;
    private final Layouts layouts;
    private final RunStore store;
    private final Instances instances;
    private final Probes probes;

    ControlConsumer(
            @Channel("control") Multi<Message<String>> messages,
            ProgressLedger ledger,
            Reconciler reconciler,
            Layouts layouts,
            RunStore store,
            Instances instances,
            Probes probes) {
        this.messages = messages;
        this.ledger = ledger;
        this.reconciler = reconciler;
        this.layouts = layouts;
        this.store = store;
        this.instances = instances;
        this.probes = probes;
    }

    public void start() {
        MessageLoop.run(messages, AT_ONCE, this::handle);
    }

    private Uni<Void> handle(String payload) {
        return switch (MessageCodec.readControl(payload)) {
            case ControlMessage.RunChanged m -> reconciler.reconcile(m.run());
            case ControlMessage.ItemFailed m -> failed(m);
            case ControlMessage.InstanceChanged m -> instances.reconcile(m.instance());
            case ControlMessage.OutputsSeen m ->
                instances
                        .stepOf(m.instance())
                        .flatMap(run -> run.map(reconciler::doubt)
                                .orElseGet(() -> Uni.createFrom().voidItem()))
                        .chain(() -> instances.reconcile(m.instance()));
            case ControlMessage.Probe m -> probes.messageArrived(m.name());
        };
    }

    /** The message may be late or of an earlier execution, so only the current index blob counts. */
    private Uni<Void> failed(ControlMessage.ItemFailed message) {
        return store.find(message.run())
                .flatMap(run -> run.isEmpty() ? Uni.createFrom().voidItem() : failed(run.get(), message));
    }

    private Uni<Void> failed(Run run, ControlMessage.ItemFailed message) {
        return layouts.of(run)
                .find(run, message.item())
                .flatMap(index -> index.isEmpty() || index.get().isOpen()
                        ? Uni.createFrom().voidItem()
                        : record(
                                run,
                                new ItemOutcome.Failed(
                                        message.item(),
                                        String.valueOf(index.get().failure()))));
    }

    private Uni<Void> record(Run run, ItemOutcome.Failed failure) {
        return ledger.recordOfExecution(run, List.of(failure))
                .call(instances::progressed)
                .flatMap(reconciler::progressed)
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                .recoverWithNull();
    }
}
