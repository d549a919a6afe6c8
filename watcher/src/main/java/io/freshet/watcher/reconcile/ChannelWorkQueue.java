package io.freshet.watcher.reconcile;

import io.freshet.message.MessageCodec;
import io.freshet.message.WorkMessage;
import io.freshet.queue.QueueDepth;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.WorkItem.InputBlob;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

/** The channels {@code work} and, for what workers of others take part in, {@code input}. */
@Singleton
final class ChannelWorkQueue implements WorkQueue {
    private final MutinyEmitter<String> work;
    private final MutinyEmitter<String> input;
    private final QueueDepth depth;

    ChannelWorkQueue(
            @Channel("work") MutinyEmitter<String> work,
            @Channel("input") MutinyEmitter<String> input,
            QueueDepth depth) {
        this.work = work;
        this.input = input;
        this.depth = depth;
    }

    @Override
    public Uni<Void> send(WorkMessage message) {
        boolean isInput = message instanceof WorkMessage.ComputeItem compute && compute.item() instanceof InputBlob;
        return (isInput ? input : work).send(MessageCodec.write(message));
    }

    @Override
    public Uni<Integer> depth(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> depth.ofWork();
            case Items.Blobs blobs -> depth.ofInput();
        };
    }
}
