package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all uploads of this process share: a burst of uploads slows each of them down instead of exhausting the
 * heap. Thread-safe.
 */
public final class UploadBudget {
    /** The share that any upload may grow into. */
    private static final double FOR_GROWTH = 0.75;

    /** The share for uploads that have sent little so far; the rest is for new ones to start with. */
    private static final double FOR_SMALL = 0.875;

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    /** @param bytes at least what one upload starts with */
    public UploadBudget(long bytes) {
        if (bytes < BufferPool.FIRST_BYTES) {
            throw new IllegalArgumentException(
                    "Uploads need at least " + BufferPool.FIRST_BYTES + " bytes, not " + bytes);
        }
        this.bytes = bytes;
    }

    /** Whether another upload can start: each keeps its first buffer to the end, so that it can always make progress. */
    public boolean hasRoom() {
        return taken.get() + BufferPool.FIRST_BYTES <= bytes;
    }

    /** What to fail with when none is left. */
    public static Transient overloaded() {
        return new Transient(FailureCode.OVERLOADED, "Uploads have taken all memory there is for them", null);
    }

    /** Bytes that uploads hold now. */
    long taken() {
        return taken.get();
    }

    /** Takes the small buffer that an upload starts with; false if none is left. */
    boolean takeFirst() {
        return take(BufferPool.FIRST_BYTES, bytes);
    }

    /** Takes an upload's first large buffer; false if there is none now. */
    boolean takeSecond() {
        return take(BufferPool.BYTES, (long) (bytes * FOR_SMALL));
    }

    /** Takes another large buffer; false if there is none now. */
    boolean takeMore() {
        return take(BufferPool.BYTES, forGrowth());
    }

    private boolean take(int wanted, long limit) {
        return taken.getAndUpdate(now -> now + wanted <= limit ? now + wanted : now) + wanted <= limit;
    }

    void giveBack(int length) {
        taken.addAndGet(-length);
    }

    /** Whether uploads that hold more than one large buffer should give back what they free. */
    boolean isScarce() {
        return taken.get() + BufferPool.BYTES > forGrowth();
    }

    private long forGrowth() {
        return (long) (bytes * FOR_GROWTH);
    }
}
