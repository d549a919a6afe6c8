package io.freshet.gateway.ingest;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Written;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Streams an input into storage and cuts it into parts on the way. Memory is bounded whatever the input's size or coding:
 * the stream is paused while storage is behind.
 */
public final class UploadIngest {
    private final BlobStore store;
    private final Duration rateWindow;
    private final BlockPlan plan;
    private final UploadBudget budget;
    private final RandomGenerator random;

    /**
     * @param rateWindow how long a client is watched before it can be too slow
     * @param random makes the block ids of an upload differ from those of other uploads to the same blob
     */
    public UploadIngest(BlobStore store, Duration rateWindow, UploadBudget budget, RandomGenerator random) {
        this(store, rateWindow, BlockPlan.STANDARD, budget, random);
    }

    UploadIngest(BlobStore store, Duration rateWindow, BlockPlan plan, UploadBudget budget, RandomGenerator random) {
        this.store = store;
        this.rateWindow = rateWindow;
        this.plan = plan;
        this.budget = budget;
        this.random = random;
    }

    /**
     * What to make of an input.
     *
     * @param blobName where the decoded bytes go
     * @param coding makes what decodes the input
     * @param attributes what goes with the blob
     * @param condition when the blob may be created
     */
    public record Request(
            String blobName,
            SplitRules rules,
            Supplier<Decoder> coding,
            Hashing hashing,
            Attributes attributes,
            Condition condition) {}

    /** Hashing takes longer than everything else together, so it is done only where the hash is used. */
    public enum Hashing {
        NONE,
        SHA_256
    }

    /**
     * An input that is in storage.
     *
     * @param parts where its parts lie, and how many lines and decoded bytes it has
     * @param sha256 of the decoded bytes, in lower-case hex, if it was requested
     * @param written ETag of the blob, or a conflict if the request's condition did not hold
     */
    public record Ingested(PartTable parts, Optional<String> sha256, Written written) {}

    /**
     * Reads the stream to its end and commits the blob. Subscribe on the stream's own context; a stream that might flow
     * before that must be paused by the caller, and is resumed here. The outcome is delivered on the context.
     *
     * <p>Fails with OVERLOADED (too many other uploads), LINE_TOO_LONG, INPUT_TOO_LARGE, MALFORMED (damaged gzip data),
     * TOO_SLOW, or whatever storage or the stream failed with (the client went away). After a failure the stream has no
     * handlers, is paused, and nothing has been committed. Cancelling has the same effect, and so has the end of the
     * scope, which knows which calls to storage are still in flight.
     */
    public Uni<Ingested> run(ReadStream<Buffer> source, Context context, Request request, UploadScope scope) {
        return Uni.createFrom().emitter(outcome -> {
            Destination destination = new Destination(store, request.blobName(), plan, scope, random);
            UploadPump pump = new UploadPump(
                    source,
                    request,
                    destination,
                    budget,
                    task -> context.runOnContext(ignored -> task.run()),
                    new MinimumRate.Watch(rateWindow, new ContextTimers(context.owner())));
            pump.start(outcome, scope);
        });
    }

    /** Timers fire on the context on which they are set. */
    private record ContextTimers(Vertx vertx) implements MinimumRate.Timers {
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
