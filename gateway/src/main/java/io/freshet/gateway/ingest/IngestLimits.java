package io.freshet.gateway.ingest;

import java.time.Duration;

/**
 * What holds for every input.
 *
 * @param maxLineBytes longest line, without its line end
 * @param maxParts most parts of an input
 * @param maxBytes most bytes of an input, unpacked
 * @param rateWindow how long a client is watched before it can be too slow
 */
public record IngestLimits(int maxLineBytes, int maxParts, long maxBytes, Duration rateWindow) {

    /** The rules for an input in parts of so many lines. */
    public SplitRules rules(int itemsPerPart) {
        return new SplitRules(itemsPerPart, maxLineBytes, maxParts, maxBytes);
    }
}
