package io.freshet.watcher.reconcile;

import io.freshet.message.MessageCodec;
import io.freshet.message.WorkMessage;
import io.freshet.queue.QueueDepth;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.run.WorkItem.Part;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

/**
 * The channel {@code work}; {@code priority}, which workers read in turn with it, for what clients wait for; and
 * {@code input}, which third-party workers read, too.
 */
@Singleton
final class ChannelWorkQueue implements WorkQueue {
    /** So many parts of each job skip the queue: small jobs finish, and large ones start, however long it is. */
    private static final int FIRST_PARTS = 16;

    private final MutinyEmitter<String> work;
    private final MutinyEmitter<String> priority;
    private final MutinyEmitter<String> input;
    private final QueueDepth depth;

    ChannelWorkQueue(
            @Channel("work") MutinyEmitter<String> work,
            @Channel("priority") MutinyEmitter<String> priority,
            @Channel("input") MutinyEmitter<String> input,
            QueueDepth depth) {
        this.work = work;
        this.priority = priority;
        this.input = input;
        this.depth = depth;
    }

    @Override
    public Uni<Void> send(WorkMessage message) {
        return queueOf(message).send(MessageCodec.write(message));
    }

    private MutinyEmitter<String> queueOf(WorkMessage message) {
        return switch (message) {
            case WorkMessage.MergeResults merge -> priority;
            case WorkMessage.ComputeItem(RunId run, InputBlob blob, int attempts) -> input;
            case WorkMessage.ComputeItem(RunId run, Part part, int attempts) ->
                part.item() < FIRST_PARTS ? priority : work;
        };
    }

    @Override
    public Uni<Integer> depth(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> depth.ofWork();
            case Items.Blobs blobs -> depth.ofInput();
        };
    }
}
