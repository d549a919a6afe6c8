package io.freshet.gateway.ingest;

/**
 * How an input is cut.
 *
 * @param itemsPerPart lines of a part; the last part may have fewer
 * @param maxLineBytes longest line allowed, without its line end
 * @param maxParts most parts allowed: the table of parts takes 8 bytes of memory for each
 */
public record SplitRules(int itemsPerPart, int maxLineBytes, int maxParts) {
    public SplitRules {
        if (itemsPerPart < 1 || maxLineBytes < 1 || maxParts < 1) {
            throw new IllegalArgumentException("Not rules to split by: items per part " + itemsPerPart
                    + ", longest line " + maxLineBytes + ", most parts " + maxParts);
        }
    }
}
