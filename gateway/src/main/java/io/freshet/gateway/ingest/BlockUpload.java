package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Written;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Fills blocks and stages several of them at once. Memory is bounded by the blocks on their way and the one that is
 * being filled; while all uploads together have too little, blocks are staged before they are full. An input of at most
 * one block becomes a single put. The bytes are written right into the blocks: {@link #room} says where,
 * {@link #advance} how many came.
 *
 * <p>All calls are made on the context, and the listener is called there.
 */
final class BlockUpload {
    private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

    /** Hears what became of the blocks. */
    interface Listener {
        /** After {@link BlockUpload#room} had none: now it has. */
        void onRoom();

        /** A block was not staged: the upload is over. */
        void onFailure(Throwable failure);
    }

    private final Destination destination;
    private final BlockPlan plan;
    private final int parallelism;
    private final Executor context;
    private final Listener listener;
    private final Segments segments;
    private final List<String> staged = new ArrayList<>();
    private Block current;
    private @Nullable Block full;
    private int inFlight;
    private boolean starved;
    private boolean putting;
    private boolean over;
    private @Nullable UniEmitter<? super Void> drain;

    /**
     * Fails as transient with OVERLOADED if there is no memory for another upload.
     *
     * @param context runs what it is given one after the other, and never within {@code execute}
     */
    BlockUpload(Destination destination, Staging staging, Executor context, Listener listener) {
        this.destination = destination;
        this.plan = staging.plan();
        this.parallelism = staging.parallelism();
        this.context = context;
        this.listener = listener;
        this.segments = new Segments(staging.memory());
        this.current = new Block(plan.bytesOf(0), segments);
    }

    /** How an upload goes: block sizes, how many blocks are on their way at most, and the memory it shares. */
    record Staging(BlockPlan plan, int parallelism, UploadMemory memory) {
        Staging {
            if (parallelism < 1) {
                throw new IllegalArgumentException("An upload needs a parallelism of at least 1, not " + parallelism);
            }
        }
    }

    /** Where the next bytes go, in an array; nothing remains in it if the caller must wait for the listener. */
    ByteBuffer room() {
        if (over || (full != null && inFlight == parallelism)) {
            starved = true;
            return NO_ROOM;
        }
        ByteBuffer room = current.room();
        return room == null ? noMemory() : room;
    }

    /** What there is goes on its way, so that its memory comes back. */
    private ByteBuffer noMemory() {
        starved = true;
        if (full != null) {
            stage(full);
            full = null;
        } else if (!current.isEmpty() && inFlight < parallelism) {
            stage(current);
            current = new Block(plan.bytesOf(staged.size()), segments);
        }
        return NO_ROOM;
    }

    /** That many bytes, at least 1, were written into {@link #room}. Fails if they are too many for a blob. */
    void advance(int bytes) {
        failIfTooLarge();
        current.advance(bytes);
        // A full block waits for the byte behind it: if none comes, it is the last one and perhaps the only one.
        if (full != null) {
            stage(full);
            full = null;
        }
        if (current.isFull()) {
            full = current;
            current = new Block(plan.bytesOf(staged.size() + 1), segments);
        }
    }

    /** Stages the rest and makes the blob; the last call. */
    Uni<Written> commit(Attributes attributes, Condition condition) {
        return Uni.createFrom().deferred(() -> finish(attributes, condition)).emitOn(context);
    }

    /** Nothing more will be staged and nobody be told; blocks on their way are left to storage, which forgets them. */
    void abort() {
        over = true;
        segments.close();
        if (!putting) {
            releaseIdle();
        }
    }

    private void releaseIdle() {
        current.release();
        if (full != null) {
            full.release();
            full = null;
        }
    }

    /** Bytes of memory that this upload has had at most. */
    long memory() {
        return segments.most();
    }

    private Uni<Written> finish(Attributes attributes, Condition condition) {
        if (staged.isEmpty()) {
            return put(full == null ? current : full, attributes, condition);
        }
        return Uni.createFrom()
                .<Void>emitter(this::startDrain)
                .chain(() -> destination.commit(List.copyOf(staged), attributes, condition));
    }

    private Uni<Written> put(Block only, Attributes attributes, Condition condition) {
        putting = true;
        return destination
                .put(only.content(), attributes, condition)
                .onTermination()
                .invoke(() -> context.execute(this::afterPut));
    }

    private void afterPut() {
        putting = false;
        releaseIdle();
    }

    private void startDrain(UniEmitter<? super Void> emitter) {
        drain = emitter;
        if (full == null && !current.isEmpty()) {
            full = current;
        }
        continueDrain(emitter);
    }

    private void continueDrain(UniEmitter<? super Void> emitter) {
        if (full != null && inFlight < parallelism) {
            stage(full);
            full = null;
        }
        if (full == null && inFlight == 0) {
            emitter.complete(null);
        }
    }

    private void failIfTooLarge() {
        int before = staged.size() + (full == null ? 0 : 1);
        if (before >= plan.maxBlocks()) {
            throw new Permanent(
                    FailureCode.INPUT_TOO_LARGE,
                    "The input is larger than a blob can be: " + plan.capacity() + " bytes");
        }
    }

    private void stage(Block block) {
        String id = destination.blockId(staged.size());
        staged.add(id);
        inFlight++;
        destination
                .stage(id, block.content())
                .emitOn(context)
                .subscribe()
                .with(done -> onStaged(block), failure -> onFailure(block, failure));
    }

    private void onStaged(Block block) {
        inFlight--;
        block.release();
        if (over) {
            return;
        }
        if (drain != null) {
            continueDrain(drain);
        } else if (starved) {
            starved = false;
            listener.onRoom();
        }
    }

    private void onFailure(Block block, Throwable failure) {
        inFlight--;
        block.release();
        if (over) {
            return;
        }
        over = true;
        if (drain != null) {
            drain.fail(failure);
        } else {
            listener.onFailure(failure);
        }
    }
}
