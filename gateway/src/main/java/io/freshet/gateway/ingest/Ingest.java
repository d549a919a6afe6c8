package io.freshet.gateway.ingest;

import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Brings an input from a stream into storage and cuts it into parts as it passes. Memory is bounded whatever the
 * input's size or packing: the stream is paused while storage is behind.
 */
public final class Ingest {
    /** Blocks on their way to storage at most; an upload takes this many blocks of memory and one more. */
    private static final int PARALLELISM = 4;

    private final BlobStore store;
    private final IngestLimits limits;
    private final BlockUpload.Staging staging;
    private final RandomGenerator random;

    /** @param random makes the ids of an upload's blocks differ from those of other uploads to the same blob */
    public Ingest(BlobStore store, IngestLimits limits, UploadMemory memory, RandomGenerator random) {
        this(store, limits, new BlockUpload.Staging(BlockPlan.STANDARD, PARALLELISM, memory), random);
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
     * <p>Fails with OVERLOADED (too many other uploads), LINE_TOO_LONG, INPUT_TOO_LARGE, MALFORMED (packed data that is
     * damaged), TOO_SLOW, what storage failed with, or what the stream failed with (the client went away). After a
     * failure the stream has no handlers, is paused, and nothing was committed. Cancelling does the same, and so does the
     * end of the scope, which knows what is still on its way to storage.
     */
    public Uni<Ingested> run(ReadStream<Buffer> source, Context context, IngestOrder order, UploadScope scope) {
        return Uni.createFrom().emitter(outcome -> {
            Intake.Way way = new Intake.Way(
                    new Destination(store, order.blobName(), scope, random),
                    staging,
                    command -> context.runOnContext(ignored -> command.run()),
                    new LeastRate.Watch(limits.rateWindow(), new ContextTimers(context.owner())));
            new Intake(source, order, limits.rules(order.itemsPerPart()), way).start(outcome, scope);
        });
    }

    /** Timers go off on the context on which they are set. */
    private record ContextTimers(Vertx vertx) implements LeastRate.Timers {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Runnable after(Duration delay, Runnable task) {
            long timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run());
            return () -> vertx.cancelTimer(timer);
        }
    }
}
