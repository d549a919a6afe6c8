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
 * Fills blocks and stages several of them at once. Memory is bounded by the blocks in flight and the one being filled;
 * when all uploads together run short of memory, blocks are staged before they are full. An input of at most one block
 * becomes a single put. Bytes are written straight into the blocks: {@link #room} says where, {@link #advance} how many.
 *
 * <p>All calls are made on the context, and the listener is called there.
 */
final class BlockUpload {
    private static final ByteBuffer NO_ROOM = ByteBuffer.allocate(0);

    /** Is told what became of the blocks. */
    interface Listener {
        /** There is room again, after {@link BlockUpload#room} had none. */
        void onRoom();

        /** A block could not be staged: the upload is over. */
        void onFailure(Throwable failure);
    }

    private final Destination destination;
    private final BlockPlan plan;
    private final Executor context;
    private final Listener listener;
    private final BufferPool buffers;
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
     * @param context runs tasks one after the other, and never within {@code execute}
     */
    BlockUpload(Destination destination, UploadBudget budget, Executor context, Listener listener) {
        this.destination = destination;
        this.plan = destination.plan();
        this.context = context;
        this.listener = listener;
        this.buffers = new BufferPool(budget);
        this.current = new Block(plan.bytesOf(0), buffers);
    }

    /** Where the next bytes go, backed by an array; empty if the caller must wait for the listener. */
    ByteBuffer room() {
        if (over || (full != null && inFlight == plan.parallelism())) {
            starved = true;
            return NO_ROOM;
        }
        ByteBuffer room = current.room();
        return room == null ? noMemory() : room;
    }

    /** Stages the unfinished block early, to get its memory back. */
    private ByteBuffer noMemory() {
        starved = true;
        if (full != null) {
            stage(full);
            full = null;
        } else if (!current.isEmpty() && inFlight < plan.parallelism()) {
            stage(current);
            current = new Block(plan.bytesOf(staged.size()), buffers);
        }
        return NO_ROOM;
    }

    /** So many bytes, at least 1, were written into {@link #room}. Fails if they are too many for a blob. */
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
            current = new Block(plan.bytesOf(staged.size() + 1), buffers);
        }
    }

    /** Stages the rest and creates the blob; the last call. */
    Uni<Written> commit(Attributes attributes, Condition condition) {
        return Uni.createFrom().deferred(() -> finish(attributes, condition)).emitOn(context);
    }

    /** Stages nothing more and tells nobody; blocks in flight are left to storage, which discards them. */
    void abort() {
        over = true;
        buffers.close();
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

    /** The most bytes of memory that this upload has held. */
    long memory() {
        return buffers.most();
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
        if (full != null && inFlight < plan.parallelism()) {
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
