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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * One blob out of ranges of others, in order. The service copies; only where it cannot (501) do the bytes pass through
 * here, gathered into large blocks. Either way the blob appears at once, at the end.
 */
final class Concatenation {
    private static final int COPIES_AT_ONCE = 16;
    private static final int READS_AT_ONCE = 4;
    private static final int STREAMED_BLOCK = 8 * 1024 * 1024;

    private final BlobStore blobs;
    private final Claim claim;
    private final Target target;
    private final String writer = UUID.randomUUID().toString().substring(0, 8);

    /** What is to be made. */
    record Target(String blob, Attributes attributes, Condition condition) {}

    Concatenation(BlobStore blobs, Claim claim, Target target) {
        this.blobs = blobs;
        this.claim = claim;
        this.target = target;
    }

    Uni<Written> of(List<Range> ranges) {
        return ranges.isEmpty()
                ? blobs.put(target.blob(), List.of(), target.attributes(), target.condition())
                : copied(ranges).onFailure(Concatenation::cannotCopy).recoverWithUni(() -> streamed(ranges));
    }

    private Uni<Written> copied(List<Range> ranges) {
        return Multi.createFrom()
                .range(0, ranges.size())
                .onItem()
                .transformToUni(i -> whileHeld(copy(blockId(i), ranges.get(i))))
                .merge(COPIES_AT_ONCE)
                .collect()
                .last()
                .chain(() -> commit(IntStream.range(0, ranges.size())
                        .mapToObj(this::blockId)
                        .toList()));
    }

    private Uni<Void> copy(String blockId, Range range) {
        return blobs.stageBlockFrom(target.blob(), blockId, range.blob(), range.offset(), range.length());
    }

    private Uni<Written> streamed(List<Range> ranges) {
        List<List<Range>> blocks = gathered(ranges);
        return Multi.createFrom()
                .range(0, blocks.size())
                .onItem()
                .transformToUni(i -> whileHeld(stream(blockId(i), blocks.get(i))))
                .merge(READS_AT_ONCE)
                .collect()
                .last()
                .chain(() -> commit(IntStream.range(0, blocks.size())
                        .mapToObj(this::blockId)
                        .toList()));
    }

    private Uni<Void> stream(String blockId, List<Range> ranges) {
        return Multi.createFrom()
                .iterable(ranges)
                .onItem()
                .transformToUniAndConcatenate(this::read)
                .collect()
                .asList()
                .chain(content -> blobs.stageBlock(target.blob(), blockId, content));
    }

    private Uni<ByteBuffer> read(Range range) {
        return blobs.readRange(range.blob(), range.offset(), Math.toIntExact(range.length()), null);
    }

    /** Neighbouring ranges together, up to the size of a block; larger ranges are cut. */
    private static List<List<Range>> gathered(List<Range> ranges) {
        List<List<Range>> blocks = new ArrayList<>();
        List<Range> block = new ArrayList<>();
        long length = 0;
        for (Range range : ranges) {
            for (Range piece : pieces(range)) {
                if (length + piece.length() > STREAMED_BLOCK) {
                    blocks.add(block);
                    block = new ArrayList<>();
                    length = 0;
                }
                block.add(piece);
                length += piece.length();
            }
        }
        blocks.add(block);
        return blocks;
    }

    private static List<Range> pieces(Range range) {
        List<Range> pieces = new ArrayList<>();
        for (long done = 0; done < range.length(); done += STREAMED_BLOCK) {
            pieces.add(new Range(range.blob(), range.offset() + done, Math.min(STREAMED_BLOCK, range.length() - done)));
        }
        return pieces;
    }

    private Uni<Written> commit(List<String> blockIds) {
        return claim.confirm()
                .chain(() -> blobs.commitBlocks(target.blob(), blockIds, target.attributes(), target.condition()));
    }

    private <T> Uni<T> whileHeld(Uni<T> step) {
        return Uni.createFrom()
                .deferred(() -> claim.isHeld() ? step : Uni.createFrom().failure(claim.lost()));
    }

    private String blockId(int number) {
        return writer + String.format(Locale.ROOT, "%08d", number);
    }

    private static boolean cannotCopy(Throwable t) {
        return FreshetException.is(t, FailureCode.NOT_SUPPORTED);
    }
}
