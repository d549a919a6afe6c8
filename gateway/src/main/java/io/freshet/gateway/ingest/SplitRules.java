package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;

/**
 * How an input is cut, and how large it may be.
 *
 * @param itemsPerPart lines of a part; the last part may have fewer
 * @param maxLineBytes longest line allowed, without its line end
 * @param maxParts most parts allowed: each costs about ten requests to storage, and 8 bytes of memory while splitting
 * @param maxBytes most bytes allowed, unpacked
 */
public record SplitRules(int itemsPerPart, int maxLineBytes, int maxParts, long maxBytes) {
    public SplitRules {
        if (itemsPerPart < 1 || maxLineBytes < 1 || maxParts < 1 || maxBytes < 1) {
            throw new IllegalArgumentException("Not rules to split by: items per part " + itemsPerPart
                    + ", longest line " + maxLineBytes + ", most parts " + maxParts + ", most bytes " + maxBytes);
        }
    }

    /** Fails with INPUT_TOO_LARGE if an input of this size is not allowed. */
    public void checkBytes(long bytes) {
        if (bytes > maxBytes) {
            throw new Permanent(
                    FailureCode.INPUT_TOO_LARGE,
                    "The input has more than " + maxBytes + " bytes (MAXINPUTBYTES), counted unpacked:"
                            + " send it as several jobs");
        }
    }

    /** The same for an input that is known to have at most so many bytes. */
    SplitRules upTo(long bytes) {
        return new SplitRules(itemsPerPart, maxLineBytes, maxParts, Math.clamp(bytes, 1, maxBytes));
    }

    /** What to fail with when there are more parts than allowed. */
    Permanent tooManyParts() {
        return new Permanent(
                FailureCode.INPUT_TOO_LARGE,
                "The input has more than " + maxParts + " parts (MAXPARTS) of " + itemsPerPart
                        + (itemsPerPart == 1 ? " line" : " lines") + " each: put more lines into a part by the query"
                        + " parameter itemsPerJob (ITEMSPERJOB without it)" + enough());
    }

    /** A line has at least one byte, so this many lines per part suffice for any input that is not too large itself. */
    private String enough() {
        long items = Math.ceilDiv(maxBytes, maxParts);
        return items <= Integer.MAX_VALUE ? "; itemsPerJob=" + items + " is always enough" : "";
    }
}
