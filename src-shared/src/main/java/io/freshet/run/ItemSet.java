package io.freshet.run;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * An immutable set of work item numbers (0-based). One bit per item, deflated when written: a million items take at
 * most 125 kB in memory, and a few hundred bytes in a document if they are contiguous, as they are in practice.
 */
public final class ItemSet {
    public static final ItemSet EMPTY = new ItemSet(new BitSet());

    private final BitSet bits;

    private ItemSet(BitSet bits) {
        this.bits = bits;
    }

    public static ItemSet of(int... items) {
        return collect(Arrays.stream(items));
    }

    /** All items from 0 to {@code count - 1}. */
    public static ItemSet first(int count) {
        BitSet bits = new BitSet(count);
        bits.set(0, count);
        return new ItemSet(bits);
    }

    /** Items {@code [from, to)}; none if {@code to} is not larger. */
    static ItemSet range(int from, int to) {
        BitSet bits = new BitSet(Math.max(from, to));
        bits.set(from, Math.max(from, to));
        return new ItemSet(bits);
    }

    public static ItemSet collect(IntStream items) {
        return new ItemSet(items.collect(BitSet::new, BitSet::set, BitSet::or));
    }

    public boolean contains(int item) {
        return bits.get(item);
    }

    public int size() {
        return bits.cardinality();
    }

    public boolean isEmpty() {
        return bits.isEmpty();
    }

    public ItemSet plus(ItemSet other) {
        BitSet union = (BitSet) bits.clone();
        union.or(other.bits);
        return new ItemSet(union);
    }

    public ItemSet minus(ItemSet other) {
        BitSet difference = (BitSet) bits.clone();
        difference.andNot(other.bits);
        return new ItemSet(difference);
    }

    /** The items in ascending order. */
    public IntStream items() {
        return bits.stream();
    }

    public PrimitiveIterator.OfInt iterator() {
        return items().iterator();
    }

    /** Base64 of the deflated little-endian bit vector; {@code ""} for the empty set. */
    public String encode() {
        if (isEmpty()) {
            return "";
        }
        try (Deflater deflater = new Deflater(Deflater.BEST_SPEED)) {
            deflater.setInput(bits.toByteArray());
            deflater.finish();
            ByteArrayOutputStream deflated = new ByteArrayOutputStream();
            byte[] chunk = new byte[4096];
            while (!deflater.finished()) {
                deflated.write(chunk, 0, deflater.deflate(chunk));
            }
            return Base64.getEncoder().encodeToString(deflated.toByteArray());
        }
    }

    /** Reads what {@link #encode} wrote; throws {@link IllegalArgumentException} for anything else. */
    public static ItemSet decode(String text) {
        if (text.isEmpty()) {
            return EMPTY;
        }
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(Base64.getDecoder().decode(text));
            ByteArrayOutputStream inflated = new ByteArrayOutputStream();
            byte[] chunk = new byte[4096];
            while (!inflater.finished()) {
                int length = inflater.inflate(chunk);
                if (length == 0 && !inflater.finished()) {
                    throw new IllegalArgumentException("Truncated item set");
                }
                inflated.write(chunk, 0, length);
            }
            return new ItemSet(
                    BitSet.valueOf(ByteBuffer.wrap(inflated.toByteArray()).order(ByteOrder.LITTLE_ENDIAN)));
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("Not an item set: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ItemSet set && set.bits.equals(bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    /** Shows the size and the first items, never all of them. */
    @Override
    public String toString() {
        String head =
                String.join(",", items().limit(10).mapToObj(Integer::toString).toList());
        return size() + " items {" + head + (size() > 10 ? ",…}" : "}");
    }
}
