package io.freshet.gateway.ingest;

import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Stores blocks in memory, and answers only when the test lets it. May be used by several threads. */
final class HeldBlobStore implements BlobStore {
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private final Map<String, byte[]> staged = new HashMap<>();
    private final List<String> calls = new ArrayList<>();
    private byte @Nullable [] blob;
    private int inFlight;
    private int mostInFlight;
    private boolean answersAtOnce;
    private @Nullable RuntimeException failure;

    /** From now on every call is answered at once, the held ones too. */
    void answerAtOnce() {
        synchronized (this) {
            answersAtOnce = true;
        }
        while (heldCalls() > 0) {
            answerOne();
        }
    }

    /** Answers the call that is held the longest, on the caller's thread. */
    void answerOne() {
        Runnable answer;
        synchronized (this) {
            answer = held.remove();
        }
        answer.run();
    }

    /** The next answers are this failure. */
    synchronized void failWith(RuntimeException next) {
        failure = next;
    }

    synchronized int heldCalls() {
        return held.size();
    }

    /** Most blocks that were on their way at one time. */
    synchronized int mostInFlight() {
        return mostInFlight;
    }

    /** What was called, with sizes: "stage 100", "put 3", "commit 2". */
    synchronized List<String> calls() {
        return List.copyOf(calls);
    }

    synchronized List<String> stagedIds() {
        return staged.keySet().stream().sorted().toList();
    }

    /** The bytes of the blob, or null before it was made. */
    synchronized byte @Nullable [] blob() {
        return blob;
    }

    @Override
    public Uni<Void> stageBlock(String name, String blockId, List<ByteBuffer> content) {
        return Uni.createFrom().emitter(emitter -> {
            byte[] before = bytes(content);
            begin("stage " + before.length);
            answer(emitter, () -> {
                if (!Arrays.equals(before, bytes(content))) {
                    throw new IllegalStateException("The block was written to while it was on its way");
                }
                stored(blockId, before);
                return null;
            });
        });
    }

    @Override
    public Uni<Written> put(String name, List<ByteBuffer> content, Attributes attributes, Condition condition) {
        return Uni.createFrom().emitter(emitter -> {
            byte[] bytes = bytes(content);
            begin("put " + bytes.length);
            answer(emitter, () -> made(bytes));
        });
    }

    @Override
    public Uni<Written> commitBlocks(String name, List<String> blockIds, Attributes attributes, Condition condition) {
        return Uni.createFrom().emitter(emitter -> {
            begin("commit " + blockIds.size());
            answer(emitter, () -> made(joined(blockIds)));
        });
    }

    private synchronized void begin(String call) {
        calls.add(call);
        mostInFlight = Math.max(mostInFlight, ++inFlight);
    }

    private <T> void answer(UniEmitter<? super T> emitter, Supplier<T> result) {
        Runnable answer = () -> {
            RuntimeException failing = ended();
            if (failing != null) {
                emitter.fail(failing);
            } else {
                emitter.complete(result.get());
            }
        };
        synchronized (this) {
            if (!answersAtOnce) {
                held.add(answer);
                return;
            }
        }
        answer.run();
    }

    private synchronized @Nullable RuntimeException ended() {
        inFlight--;
        return failure;
    }

    private synchronized void stored(String blockId, byte[] bytes) {
        if (staged.put(blockId, bytes) != null) {
            throw new IllegalStateException("Block " + blockId + " was staged twice");
        }
    }

    private synchronized Written made(byte[] bytes) {
        blob = bytes;
        return new Written(Optional.of("etag"));
    }

    private synchronized byte[] joined(List<String> blockIds) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        blockIds.forEach(id -> all.writeBytes(staged.get(id)));
        return all.toByteArray();
    }

    private static byte[] bytes(List<ByteBuffer> content) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        content.forEach(
                buffer -> all.write(buffer.array(), buffer.arrayOffset() + buffer.position(), buffer.remaining()));
        return all.toByteArray();
    }

    @Override
    public Uni<Void> ensureContainer() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Optional<Content>> read(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<ByteBuffer> readRange(String name, long offset, int length, @Nullable String etag) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Optional<BlobInfo>> describe(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Void> stageBlockFrom(String name, String blockId, String source, long offset, long length) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<List<Block>> blockList(String name) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Boolean> setMetadata(String name, Map<String, String> metadata, @Nullable String lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Page<BlobInfo>> list(String prefix, Listing listing) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Page<String>> listFolders(String prefix, Listing listing) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Deletion> delete(String name, @Nullable String lease) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Boolean> deleteUnchanged(String name, String etag) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<LeaseResult> acquireLease(String name, String leaseId, Duration duration) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Boolean> renewLease(String name, String leaseId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Void> releaseLease(String name, String leaseId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Void> breakLease(String name) {
        throw new UnsupportedOperationException();
    }
}
