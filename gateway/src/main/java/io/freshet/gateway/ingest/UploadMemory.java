package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that all uploads of this process share, so that a burst of uploads slows each of them down instead of
 * exhausting the heap. Safe for concurrent use.
 */
public final class UploadMemory {
    /** The share that uploads may grow into at will. */
    private static final double FOR_GROWTH = 0.75;

    /** The share for uploads that have sent little so far; the rest is for new ones to begin with. */
    private static final double FOR_SMALL = 0.875;

    private final long bytes;
    private final AtomicLong taken = new AtomicLong();

    /** @param bytes at least those that an upload begins with */
    public UploadMemory(long bytes) {
        if (bytes < Segments.FIRST_BYTES) {
            throw new IllegalArgumentException(
                    "Uploads need at least " + Segments.FIRST_BYTES + " bytes, not " + bytes);
        }
        this.bytes = bytes;
    }

    /** Whether another upload can begin: each keeps its first segment to its end, so that it always gets on. */
    public boolean hasRoom() {
        return taken.get() + Segments.FIRST_BYTES <= bytes;
    }

    /** What to fail with when there is none left. */
    public static Transient overloaded() {
        return new Transient(FailureCode.OVERLOADED, "Uploads have taken all memory there is for them", null);
    }

    /** Bytes that uploads have now. */
    long taken() {
        return taken.get();
    }

    /** Takes the small segment that an upload begins with; false if none is left. */
    boolean takeFirst() {
        return take(Segments.FIRST_BYTES, bytes);
    }

    /** Takes the first large segment of an upload; false if there is none now. */
    boolean takeSecond() {
        return take(Segments.BYTES, (long) (bytes * FOR_SMALL));
    }

    /** Takes a further segment; false if there is none now. */
    boolean takeMore() {
        return take(Segments.BYTES, forGrowth());
    }

    private boolean take(int wanted, long limit) {
        return taken.getAndUpdate(now -> now + wanted <= limit ? now + wanted : now) + wanted <= limit;
    }

    void giveBack(int length) {
        taken.addAndGet(-length);
    }

    /** Whether those who have more than they need should give back what comes free. */
    boolean isScarce() {
        return taken.get() + Segments.BYTES > forGrowth();
    }

    private long forGrowth() {
        return (long) (bytes * FOR_GROWTH);
    }
}
