package io.freshet.watcher.progress;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.message.ControlMessage;
import io.freshet.message.Wire;
import io.freshet.run.ItemOutcome;
import io.freshet.watcher.reconcile.Reconciler;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

import java.util.List;

/** Takes what gateway and workers want the watcher to look at. */
@Singleton
public final class ControlIntake {
    private static final int AT_ONCE = 32;

    private final Multi<Message<String>> messages;
    private final ProgressLedger ledger;
    private final Reconciler reconciler;

    ControlIntake(@Channel("control") Multi<Message<String>> messages, ProgressLedger ledger, Reconciler reconciler) {
        this.messages = messages;
        this.ledger = ledger;
        this.reconciler = reconciler;
    }

    public void start() {
        MessageLoop.run(messages, AT_ONCE, this::handle);
    }

    private Uni<Void> handle(String payload) {
        return switch (Wire.readControl(payload)) {
            case ControlMessage.RunChanged m -> reconciler.reconcile(m.run());
            case ControlMessage.ItemFailed m -> failed(m);
        };
    }

    private Uni<Void> failed(ControlMessage.ItemFailed message) {
        return ledger.record(message.run(), List.of(new ItemOutcome.Failed(message.item(), message.reason())))
                .flatMap(run -> run.isSettled()
                        ? reconciler.reconcile(run.id())
                        : Uni.createFrom().voidItem())
                .onFailure(t -> t instanceof FreshetException f && f.code() == FailureCode.NOT_FOUND)
                .recoverWithNull();
    }
}
