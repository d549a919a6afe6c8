package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Executor;

/**
 * Cuts a blob that stays where it is into parts by reading it range by range: one is split while the next is being read.
 */
public final class ReferenceSplit {
    private static final int RANGE_BYTES = 4 << 20;

    /** Reads {@code length} bytes of the input at {@code offset}. */
    @FunctionalInterface
    public interface Ranges {
        Uni<ByteBuffer> read(long offset, int length);
    }

    private final Ranges ranges;
    private final long size;
    private final SplitRules rules;
    private final LineSplitter splitter;
    private final Executor context;
    private @Nullable UniEmitter<? super PartTable> outcome;
    private long asked;
    private boolean over;

    private ReferenceSplit(Ranges ranges, long size, SplitRules rules, Executor context) {
        this.ranges = ranges;
        this.size = size;
        this.rules = rules;
        this.splitter = new LineSplitter(rules.upTo(size));
        this.context = context;
    }

    /**
     * The parts of an input of {@code size} bytes. Fails with UNSUPPORTED_FORMAT (it is not plain text), LINE_TOO_LONG,
     * INPUT_TOO_LARGE (before anything is read, if the size says so), PRECONDITION_FAILED if a range is shorter than
     * requested, or what a read failed with.
     *
     * @param context where the blob is split and the outcome delivered; runs tasks one after the other, and never within
     *     {@code execute}
     */
    public static Uni<PartTable> of(Ranges ranges, long size, SplitRules rules, Executor context) {
        return Uni.createFrom().emitter(outcome -> new ReferenceSplit(ranges, size, rules, context).start(outcome));
    }

    private void start(UniEmitter<? super PartTable> emitter) {
        outcome = emitter;
        emitter.onTermination(() -> context.execute(() -> over = true));
        context.execute(() -> guarded(this::begin));
    }

    private void begin() {
        rules.checkBytes(size);
        askOrFinish();
    }

    private void askOrFinish() {
        if (asked < size) {
            ask();
        } else {
            finish();
        }
    }

    private void ask() {
        int length = (int) Math.min(RANGE_BYTES, size - asked);
        long offset = asked;
        asked += length;
        ranges.read(offset, length)
                .emitOn(context)
                .subscribe()
                .with(range -> guarded(() -> onRange(range, length)), this::fail);
    }

    private void onRange(ByteBuffer range, int length) {
        if (range.remaining() != length) {
            throw new Permanent(FailureCode.PRECONDITION_FAILED, "The input is shorter than when reading began");
        }
        if (asked == length) {
            refuseWhatIsNoLines(range);
        }
        boolean isLast = asked == size;
        if (!isLast) {
            ask();
        }
        splitter.accept(range);
        if (isLast) {
            finish();
        }
    }

    private static void refuseWhatIsNoLines(ByteBuffer range) {
        byte[] head = new byte[Math.min(Signature.HEAD_BYTES, range.remaining())];
        range.get(range.position(), head);
        Signature.of(head).ifPresent(new ContentCoding("the blob", Set.of())::refuse);
    }

    private void finish() {
        UniEmitter<? super PartTable> waiting = outcome;
        PartTable parts = splitter.finish();
        over = true;
        if (waiting != null) {
            waiting.complete(parts);
        }
    }

    private void fail(Throwable failure) {
        UniEmitter<? super PartTable> waiting = outcome;
        if (!over && waiting != null) {
            over = true;
            waiting.fail(failure);
        }
    }

    /** Outermost handler: whatever goes wrong must end the split, or its caller would wait for ever. */
    private void guarded(Runnable action) {
        if (over) {
            return;
        }
        try {
            action.run();
        } catch (RuntimeException e) {
            fail(e);
        }
    }
}
