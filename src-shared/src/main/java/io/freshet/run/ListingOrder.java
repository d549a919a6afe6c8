package io.freshet.run;

/**
 * The order in which storage lists the index blobs of a job's parts. Names are compared as text and the part's number is
 * followed by an underscore, which sorts behind all digits: 10, 11, …, 19, 1, 20. Messages are sent in this order, so
 * that the next ones are found where the last listing ended.
 */
final class ListingOrder {
    private static final int BASE = 10;

    private ListingOrder() {}

    /** The items of a run of {@code count} that come no later than {@code last}. */
    static ItemSet upTo(int last, int count) {
        if (last >= count) {
            return ItemSet.first(count);
        }
        return last < 0 ? ItemSet.EMPTY : upToPart(last + 1, count);
    }

    /** Among the numbers with as many digits, those that come no later are a range. */
    private static ItemSet upToPart(int part, int count) {
        ItemSet items = ItemSet.EMPTY;
        for (long first = 1; first <= count; first *= BASE) {
            long last = Math.min(lastOfLength(first, part), count);
            items = items.plus(ItemSet.range((int) first - 1, (int) last));
        }
        return items;
    }

    /** A number comes behind all those that begin with it and are longer. */
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
