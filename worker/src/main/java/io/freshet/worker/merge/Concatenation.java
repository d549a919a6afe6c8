package io.freshet.worker.merge;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Written;
import io.freshet.worker.claim.Claim;
import io.freshet.worker.merge.MergePlan.Range;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Concatenates ranges of blobs into one blob. The service copies large ranges; small ones are read here and gathered
 * into blocks, and so is everything if the service cannot copy (501). Either way the blob appears as a whole at the
 * end, and at most {@value #BLOCKS_AT_ONCE} blocks of {@value #BLOCK} bytes are in memory.
 */
final class Concatenation {
    private static final int BLOCKS_AT_ONCE = 6;
    private static final int READS_AT_ONCE = 4;
    private static final int BLOCK = 4 << 20;

    private final BlobStore blobs;
    private final Claim claim;
    private final Target target;
    private final MergeLimits limits;
    private final String writer = UUID.randomUUID().toString().substring(0, 8);

    /** The blob to create. */
    record Target(String blob, Attributes attributes, Condition condition) {}

    Concatenation(BlobStore blobs, Claim claim, Target target, MergeLimits limits) {
        this.blobs = blobs;
        this.claim = claim;
        this.target = target;
        this.limits = limits;
    }

    Uni<Written> of(List<Range> ranges) {
        return ranges.isEmpty()
                ? blobs.put(target.blob(), List.of(), target.attributes(), target.condition())
                : copied(ranges).onFailure(Concatenation::cannotCopy).recoverWithUni(() -> streamed(ranges));
    }

    /** How ranges are arranged in blocks if the service can copy. */
    static List<List<Range>> blocks(List<Range> ranges, MergeLimits limits) {
        return MergePlan.blocks(ranges, limits.copyFromBytes(), BLOCK);
    }

    /** Small outputs are cheaper to read than to be copied by the service; each costs one request either way. */
    private Uni<Written> copied(List<Range> ranges) {
        return staged(
                blocks(ranges, limits),
                (id, block) -> block.size() == 1 ? copy(id, block.getFirst()) : gather(id, block));
    }

    private Uni<Written> streamed(List<Range> ranges) {
        return staged(MergePlan.blocks(pieces(ranges), Long.MAX_VALUE, BLOCK), this::gather);
    }

    private Uni<Written> staged(List<List<Range>> blocks, BiFunction<String, List<Range>, Uni<Void>> staging) {
        return Multi.createFrom()
                .range(0, blocks.size())
                .onItem()
                .transformToUni(i -> whileHeld(() -> staging.apply(blockId(i), blocks.get(i))))
                .merge(BLOCKS_AT_ONCE)
                .collect()
                .last()
                .chain(() -> commit(blocks.size()));
    }

    private Uni<Void> copy(String blockId, Range range) {
        return blobs.stageBlockFrom(target.blob(), blockId, range.blob(), range.offset(), range.length());
    }

    private Uni<Void> gather(String blockId, List<Range> ranges) {
        return Uni.join()
                .all(ranges.stream().map(this::read).toList())
                .usingConcurrencyOf(READS_AT_ONCE)
                .andFailFast()
                .flatMap(content -> blobs.stageBlock(target.blob(), blockId, content));
    }

    private Uni<ByteBuffer> read(Range range) {
        return blobs.readRange(range.blob(), range.offset(), Math.toIntExact(range.length()), null);
    }

    private static List<Range> pieces(List<Range> ranges) {
        return ranges.stream().flatMap(Concatenation::pieces).toList();
    }

    private static Stream<Range> pieces(Range range) {
        return LongStream.iterate(0, done -> done < range.length(), done -> done + BLOCK)
                .mapToObj(
                        done -> new Range(range.blob(), range.offset() + done, Math.min(BLOCK, range.length() - done)));
    }

    private Uni<Written> commit(int blocks) {
        List<String> ids = IntStream.range(0, blocks).mapToObj(this::blockId).toList();
        return claim.confirm()
                .chain(() -> blobs.commitBlocks(target.blob(), ids, target.attributes(), target.condition()));
    }

    private <T> Uni<T> whileHeld(Supplier<Uni<T>> step) {
        return Uni.createFrom()
                .deferred(() -> claim.isHeld() ? step.get() : Uni.createFrom().failure(claim.lost()));
    }

    private String blockId(int number) {
        return writer + String.format(Locale.ROOT, "%08d", number);
    }

    private static boolean cannotCopy(Throwable t) {
        return FreshetException.is(t, FailureCode.NOT_SUPPORTED);
    }
}
