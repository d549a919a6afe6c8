package io.freshet.gateway.ingest;

import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * Brings an input from a stream into storage and cuts it into parts as it passes. Memory is bounded whatever the
 * input's size or packing: the stream is paused while storage is behind.
 */
public final class Ingest {
    private final BlobStore store;
    private final IngestLimits limits;
    private final BlockUpload.Staging staging;
    private final RandomGenerator random;

    /** @param random makes the ids of an upload's blocks differ from those of other uploads to the same blob */
    public Ingest(BlobStore store, IngestLimits limits, UploadMemory memory, RandomGenerator random) {
        this(store, limits, new BlockUpload.Staging(BlockPlan.STANDARD, limits.parallelism(), memory), random);
    }

    Ingest(BlobStore store, IngestLimits limits, BlockUpload.Staging staging, RandomGenerator random) {
        this.store = store;
        this.limits = limits;
        this.staging = staging;
        this.random = random;
    }

    /**
     * Reads the stream to its end and commits the blob. To be subscribed on the stream's own context; a stream that
     * might flow before that must be paused by the caller, and is resumed here. The outcome is told on the context.
     *
     * <p>Fails with OVERLOADED (too many other uploads), LINE_TOO_LONG, MALFORMED (packed data that is damaged, too many
     * parts), what storage failed with, or what the stream failed with (the client went away). After a failure the stream has no handlers, is paused,
     * and nothing was committed. Cancelling does the same.
     */
    public Uni<Ingested> run(ReadStream<Buffer> source, Context context, IngestOrder order) {
        Executor later = command -> context.runOnContext(ignored -> command.run());
        return Uni.createFrom().emitter(outcome -> intake(source, order, later).start(outcome));
    }

    private Intake intake(ReadStream<Buffer> source, IngestOrder order, Executor context) {
        Destination destination = Destination.of(store, order.blobName(), random);
        return new Intake(
                source, order, limits.rules(order.itemsPerPart()), new Intake.Way(destination, staging, context));
    }
}
