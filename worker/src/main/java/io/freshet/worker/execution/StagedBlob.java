package io.freshet.worker.execution;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Written;
import io.freshet.worker.execution.ComputationThreads.Waiting;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * A blob that is written as a stream and appears as a whole on commit. A small blob costs one request; a large one is
 * staged in blocks, one being sent while the next is filled. Block ids are unique to this writer, so blocks of two
 * workers never mix. For use by one thread.
 */
public final class StagedBlob {
    private static final int FIRST_BUFFER = 64 * 1024;
    private static final int SMALL = 4 * FIRST_BUFFER;
    private static final int BLOCK = 4 * 1024 * 1024;
    /** Blocks grow so that 50,000 of them reach the maximum size of a blob. */
    private static final int BLOCKS_BEFORE_DOUBLING = 12_500;

    private final BlobStore blobs;
    private final String name;
    private final String writer = UUID.randomUUID().toString().substring(0, 8);
    private final List<String> blockIds = new ArrayList<>();
    private byte[] buffer = new byte[FIRST_BUFFER];
    private int length;
    private long staged;
    private @Nullable CompletableFuture<Void> onItsWay;

    public StagedBlob(BlobStore blobs, String name) {
        this.blobs = blobs;
        this.name = name;
    }

    /** Number of bytes written. */
    public long bytes() {
        return staged + length;
    }

    /** Whether anything was written. */
    public boolean isEmpty() {
        return length == 0 && blockIds.isEmpty();
    }

    /** Whether it is small enough to be written by one request: {@link #put}. */
    boolean isSmall() {
        return blockIds.isEmpty() && length <= SMALL;
    }

    /** Makes a small blob visible without blocking. Nothing may be written afterwards. */
    Uni<Written> put(Attributes attributes, Condition condition) {
        return blobs.put(name, List.of(ByteBuffer.wrap(buffer, 0, length)), attributes, condition);
    }

    /** Appends bytes; blocks while one block is being sent and the next is full. */
    public void write(byte[] bytes, int offset, int count) throws InterruptedException {
        int done = 0;
        while (done < count) {
            int fits = Math.min(count - done, room());
            System.arraycopy(bytes, offset + done, buffer, length, fits);
            length += fits;
            done += fits;
            if (length == blockSize()) {
                stage();
            }
        }
    }

    public void write(byte b) throws InterruptedException {
        room();
        buffer[length++] = b;
        if (length == blockSize()) {
            stage();
        }
    }

    /** Makes the blob visible. Nothing may be written afterwards. */
    public Uni<Written> commit(Attributes attributes, Condition condition) throws InterruptedException {
        if (blockIds.isEmpty()) {
            return put(attributes, condition);
        }
        if (length > 0) {
            stage();
        }
        awaitStaged();
        return blobs.commitBlocks(name, blockIds, attributes, condition);
    }

    private int blockSize() {
        return BLOCK << Math.min(blockIds.size() / BLOCKS_BEFORE_DOUBLING, 8);
    }

    /** Number of bytes that fit; grows the buffer if it is full, up to the size of a block. */
    private int room() {
        if (length == buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.min(blockSize(), buffer.length * 2));
        }
        return Math.min(buffer.length, blockSize()) - length;
    }

    private void stage() throws InterruptedException {
        awaitStaged();
        String id = writer + String.format(Locale.ROOT, "%08d", blockIds.size());
        ByteBuffer block = ByteBuffer.wrap(buffer, 0, length);
        onItsWay = blobs.stageBlock(name, id, List.of(block)).subscribeAsCompletionStage();
        blockIds.add(id);
        staged += length;
        buffer = new byte[blockSize()];
        length = 0;
    }

    private void awaitStaged() throws InterruptedException {
        if (onItsWay != null) {
            Waiting.on(onItsWay);
            onItsWay = null;
        }
    }
}
