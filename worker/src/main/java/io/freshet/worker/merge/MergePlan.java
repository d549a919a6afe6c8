package io.freshet.worker.merge;

import java.util.ArrayList;
import java.util.List;

/**
 * Which ranges of which outputs make up the results, in order. Ranges are at most as long as a block; empty outputs
 * need none.
 */
final class MergePlan {
    private MergePlan() {}

    /**
     * A range of one blob.
     *
     * @param offset 0-based bytes
     * @param length bytes, at least 1
     */
    record Range(String blob, long offset, long length) {}

    /** A blob with its length in bytes. */
    record Source(String blob, long length) {}

    static List<Range> ranges(List<Source> sources, long maxBlockBytes) {
        List<Range> ranges = new ArrayList<>(sources.size());
        for (Source source : sources) {
            for (long offset = 0; offset < source.length(); offset += maxBlockBytes) {
                ranges.add(new Range(source.blob(), offset, Math.min(maxBlockBytes, source.length() - offset)));
            }
        }
        return ranges;
    }

    /**
     * Arranges ranges in blocks: small neighbours share a block, because each block costs the service about as much as
     * writing a MiB; a range of at least {@code alone} bytes gets its own block.
     *
     * @param together maximum bytes of a block of several ranges
     */
    static List<List<Range>> blocks(List<Range> ranges, long alone, long together) {
        List<List<Range>> blocks = new ArrayList<>();
        long room = 0;
        for (Range range : ranges) {
            if (range.length() >= alone || range.length() > room) {
                blocks.add(new ArrayList<>());
                room = together;
            }
            blocks.getLast().add(range);
            room = range.length() >= alone ? 0 : room - range.length();
        }
        return blocks;
    }

    /** Splits a list into consecutive groups of at most {@code size}. */
    static List<List<Range>> groups(List<Range> ranges, int size) {
        List<List<Range>> groups = new ArrayList<>();
        for (int from = 0; from < ranges.size(); from += size) {
            groups.add(ranges.subList(from, Math.min(from + size, ranges.size())));
        }
        return groups;
    }

    static long length(List<Range> ranges) {
        return ranges.stream().mapToLong(Range::length).sum();
    }
}
