package io.freshet.watcher.progress;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.message.ControlMessage;
import io.freshet.message.Wire;
import io.freshet.run.ItemOutcome;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.freshet.storage.PartIndex;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
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
    private final BlobStore blobs;
    private final RunStore store;

    ControlIntake(
            @Channel("control") Multi<Message<String>> messages,
            ProgressLedger ledger,
            Reconciler reconciler,
            BlobStore blobs,
            RunStore store) {
        this.messages = messages;
        this.ledger = ledger;
        this.reconciler = reconciler;
        this.blobs = blobs;
        this.store = store;
    }

    public void start() {
        MessageLoop.run(messages, AT_ONCE, this::handle);
    }

    private Uni<Void> handle(String payload) {
        return switch (Wire.readControl(payload)) {
            case ControlMessage.RunChanged m -> reconciler.reconcile(m.run());
            case ControlMessage.ItemFailed m -> failed(m);
            // the mark in waiting/ stays until orchestrations are looked after here
            case ControlMessage.InstanceChanged m -> Uni.createFrom().voidItem();
        };
    }

    /** The message may be late, or of an earlier execution: only what the index blob says now counts. */
    private Uni<Void> failed(ControlMessage.ItemFailed message) {
        return store.find(message.run())
                .flatMap(run -> run.isEmpty() ? Uni.createFrom().voidItem() : failed(run.get(), message));
    }

    private Uni<Void> failed(Run run, ControlMessage.ItemFailed message) {
        return Listings.blobs(blobs, RunFiles.index(message.run(), message.item() + 1), Detail.WITH_METADATA)
                .map(PartIndex::of)
                .filter(index -> index != null && index.failure() != null)
                .map(index -> new ItemOutcome.Failed(message.item(), String.valueOf(index.failure())))
                .collect()
                .asList()
                .flatMap(failures -> failures.isEmpty() ? Uni.createFrom().voidItem() : record(run, failures));
    }

    private Uni<Void> record(Run run, List<ItemOutcome.Failed> failures) {
        return ledger.recordOfExecution(run, failures)
                .flatMap(now -> now.isSettled()
                        ? reconciler.reconcile(now.id())
                        : Uni.createFrom().voidItem())
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_FOUND))
                .recoverWithNull();
    }
}
