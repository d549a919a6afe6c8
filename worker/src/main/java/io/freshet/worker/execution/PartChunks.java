package io.freshet.worker.execution;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.WorkItem.Part;
import io.freshet.worker.execution.ComputationThreads.Waiting;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Reads the bytes of a part in chunks of bounded size, one ahead. */
final class PartChunks implements PartLines.Chunks {
    private static final int CHUNK = 4 * 1024 * 1024;

    private final RangeReader reader;
    private final long end;
    private long asked;
    private @Nullable CompletableFuture<ByteBuffer> ahead;

    /** Reads bytes {@code [offset, offset + length)} of the input. */
    interface RangeReader {
        Uni<ByteBuffer> read(long offset, int length);
    }

    PartChunks(Part part, RangeReader reader) {
        this.reader = reader;
        this.asked = part.firstByte();
        this.end = part.firstByte() + part.bytes();
        askAhead();
    }

    @Override
    public @Nullable ByteBuffer next() throws InterruptedException {
        CompletableFuture<ByteBuffer> current = ahead;
        if (current == null) {
            return null;
        }
        ByteBuffer chunk = Waiting.on(current);
        if (!chunk.hasRemaining()) {
            throw new Permanent(
                    FailureCode.PRECONDITION_FAILED, "The input ends before byte " + end + ", where the part ends");
        }
        asked += chunk.remaining();
        askAhead();
        return chunk;
    }

    private void askAhead() {
        int length = (int) Math.min(CHUNK, end - asked);
        ahead = length == 0 ? null : reader.read(asked, length).subscribeAsCompletionStage();
    }
}
