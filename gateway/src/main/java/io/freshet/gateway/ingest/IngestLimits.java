package io.freshet.gateway.ingest;

/**
 * What holds for every input.
 *
 * @param maxLineBytes longest line, without its line end
 * @param maxParts most parts of an input
 * @param parallelism blocks on their way to storage at most; an upload takes this many blocks of memory and one more
 */
public record IngestLimits(int maxLineBytes, int maxParts, int parallelism) {
    private static final int DEFAULT_PARALLELISM = 4;
    private static final int DEFAULT_MAX_LINE_BYTES = 16 << 20;
    private static final int DEFAULT_MAX_PARTS = 10_000_000;

    public static final IngestLimits DEFAULT =
            new IngestLimits(DEFAULT_MAX_LINE_BYTES, DEFAULT_MAX_PARTS, DEFAULT_PARALLELISM);

    SplitRules rules(int itemsPerPart) {
        return new SplitRules(itemsPerPart, maxLineBytes, maxParts);
    }
}
