package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory that all uploads of this process share, counted in segments, so that a burst of uploads slows each of them
 * down instead of exhausting the heap. Safe for concurrent use.
 */
public final class UploadMemory {
    /** The share that uploads may grow into; the rest is for new ones to begin with. */
    private static final double FOR_GROWTH = 0.75;

    private final int segments;
    private final int forGrowth;
    private final AtomicInteger taken = new AtomicInteger();

    /** @param bytes at least those of one segment */
    public UploadMemory(long bytes) {
        if (bytes < Segments.BYTES) {
            throw new IllegalArgumentException("Uploads need at least " + Segments.BYTES + " bytes, not " + bytes);
        }
        this.segments = Math.toIntExact(Math.min(Integer.MAX_VALUE, bytes / Segments.BYTES));
        this.forGrowth = (int) (segments * FOR_GROWTH);
    }

    /** Whether another upload can begin: each keeps one segment to its end, so that it always gets on. */
    public boolean hasRoom() {
        return taken.get() < segments;
    }

    /** What to fail with when there is none left. */
    public static Transient overloaded() {
        return new Transient(FailureCode.OVERLOADED, "Uploads have taken all memory there is for them", null);
    }

    /** Segments that uploads have now. */
    int taken() {
        return taken.get();
    }

    /** Takes the segment that an upload begins with; false if none is left. */
    boolean takeFirst() {
        return takeBelow(segments);
    }

    /** Takes a further segment; false if there is none now. */
    boolean takeMore() {
        return takeBelow(forGrowth);
    }

    private boolean takeBelow(int limit) {
        return taken.getAndUpdate(now -> now < limit ? now + 1 : now) < limit;
    }

    void giveBack(int count) {
        taken.addAndGet(-count);
    }

    /** Whether those who have more than one should give back what comes free. */
    boolean isScarce() {
        return taken.get() >= forGrowth;
    }
}
