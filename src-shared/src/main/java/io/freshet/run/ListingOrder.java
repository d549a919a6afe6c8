package io.freshet.run;

/**
 * The order in which storage lists the index blobs of a job's parts. Names are compared as text, and the part's number
 * is followed by an underscore, which sorts after all digits: 10, 11, …, 19, 1, 20. Messages are sent in this order, so
 * the next ones are found where the last listing ended.
 */
final class ListingOrder {
    private static final int BASE = 10;

    private ListingOrder() {}

    /** The items of a run of {@code count} items up to and including {@code last}. */
    static ItemSet upTo(int last, int count) {
        if (last >= count) {
            return ItemSet.first(count);
        }
        return last < 0 ? ItemSet.EMPTY : upToPart(last + 1, count);
    }

    /** Among the numbers of the same length, those up to the part are a range. */
    private static ItemSet upToPart(int part, int count) {
        ItemSet items = ItemSet.EMPTY;
        for (long first = 1; first <= count; first *= BASE) {
            long last = Math.min(lastOfLength(first, part), count);
            items = items.plus(ItemSet.range((int) first - 1, (int) last));
        }
        return items;
    }

    /** A number sorts after all longer numbers that begin with it. */
    private static long lastOfLength(long first, int part) {
        long beginning = part;
        while (beginning >= first * BASE) {
            beginning /= BASE;
        }
        if (beginning < part) {
            return beginning - 1;
        }
        long scale = 1;
        while (part * scale < first) {
            scale *= BASE;
        }
        return (part + 1L) * scale - 1;
    }
}
