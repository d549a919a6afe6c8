package io.freshet.worker.handler.calculator;

import java.math.BigInteger;

/**
 * The shortest decimal that reads back as the same double, and the closest of those, like {@link Double#toString} but
 * without a string.
 *
 * <p>The method and its names are those of Raffaello Giulietti, "The Schubfach way to render doubles".
 */
final class ShortestDigits {

    /** Numbers below need fewer digits than the method gives. */
    static final double SMALLEST = 1e-300;

    private static final int FRACTION_BITS = 52;
    private static final long HIDDEN_BIT = 1L << FRACTION_BITS;
    private static final int EXPONENT_OFFSET = 1023 + FRACTION_BITS;
    private static final long LOW_63 = Long.MAX_VALUE;

    private static final int MIN_K = -324;
    private static final int MAX_K = 324;
    private static final long[] G = powersOfTen();

    private ShortestDigits() {}

    /** Two longs for each k: the upper and the lower 63 bits of 10 to the -k, scaled to 126 bits and rounded up. */
    private static long[] powersOfTen() {
        long[] g = new long[2 * (MAX_K - MIN_K + 1)];
        for (int k = MIN_K; k <= MAX_K; k++) {
            BigInteger power = BigInteger.TEN.pow(Math.abs(k));
            BigInteger scaled = k <= 0
                    ? power.shiftLeft(512).shiftRight(512 + power.bitLength() - 126)
                    : BigInteger.ONE.shiftLeft(power.bitLength() + 125).divide(power);
            BigInteger rounded = scaled.add(BigInteger.ONE);
            g[2 * (k - MIN_K)] = rounded.shiftRight(63).longValueExact();
            g[2 * (k - MIN_K) + 1] = rounded.longValue() & LOW_63;
        }
        return g;
    }

    /** Writes a number of at least {@link #SMALLEST}; returns the position after it. */
    static int put(byte[] out, int at, double magnitude) {
        long bits = Double.doubleToRawLongBits(magnitude);
        int q = (int) (bits >>> FRACTION_BITS) - EXPONENT_OFFSET;
        long c = (bits & (HIDDEN_BIT - 1)) | HIDDEN_BIT;
        boolean regular = c != HIDDEN_BIT;
        int k = regular ? floorLog10OfPowerOf2(q) : floorLog10OfThreeQuartersOfPowerOf2(q);
        int h = q + floorLog2OfPowerOf10(-k) + 2;
        long vb = scale(k, (c << 2) << h);
        long vbl = scale(k, ((c << 2) - (regular ? 2 : 1)) << h);
        long vbr = scale(k, ((c << 2) + 2) << h);
        return DecimalText.put(out, at, choose(vb, vbl + (c & 1), vbr - (c & 1)), k);
    }

    /** The bounds are a quarter of a unit each, and lie inside where c is even. */
    private static long choose(long value, long lower, long upper) {
        long s = value >> 2;
        long shorter = s / 10 * 10;
        boolean shorterBelow = lower <= shorter << 2;
        boolean shorterAbove = (shorter + 10) << 2 <= upper;
        if (shorterBelow != shorterAbove) {
            return shorterBelow ? shorter : shorter + 10;
        }
        boolean below = lower <= s << 2;
        boolean above = (s + 1) << 2 <= upper;
        if (below != above) {
            return below ? s : s + 1;
        }
        long distance = value - ((s << 2) + 2);
        return distance < 0 || (distance == 0 && (s & 1) == 0) ? s : s + 1;
    }

    /** The product with 10 to the -k, rounded to odd. */
    private static long scale(int k, long number) {
        long g1 = G[2 * (k - MIN_K)];
        long g0 = G[2 * (k - MIN_K) + 1];
        long z = ((g1 * number) >>> 1) + Math.multiplyHigh(g0, number);
        long w = Math.multiplyHigh(g1, number) + (z >>> 63);
        return w | (((z & LOW_63) + LOW_63) >>> 63);
    }

    private static int floorLog10OfPowerOf2(int e) {
        return (int) ((e * 661_971_961_083L) >> 41);
    }

    private static int floorLog10OfThreeQuartersOfPowerOf2(int e) {
        return (int) ((e * 661_971_961_083L - 274_743_187_321L) >> 41);
    }

    private static int floorLog2OfPowerOf10(int e) {
        return (int) ((e * 913_124_641_741L) >> 38);
    }
}
