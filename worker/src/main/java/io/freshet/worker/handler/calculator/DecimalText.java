package io.freshet.worker.handler.calculator;

import java.nio.charset.StandardCharsets;

/**
 * Formats decimals as .NET formats doubles, with {@code .0} for whole numbers: {@code 3123.0}, {@code 0.5}, {@code
 * 1.5E-07}, {@code 1E+15}. Each method writes at a position of an array and returns the position after it.
 */
final class DecimalText {

    /** Maximum length of a formatted number in bytes. */
    static final int MAX_LENGTH = 32;

    /** Below this, distinct decimals are distinct doubles, so a decimal's digits are the shortest of its double. */
    static final long EXACT_DIGITS = 1_000_000_000_000_000L;

    private static final int SMALLEST_PLAIN = -5;
    private static final int LARGEST_PLAIN = 14;

    private static final long[] POWERS = powers();
    private static final byte[] PAIRS = pairs();

    private DecimalText() {}

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    private static byte[] pairs() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            text.append((char) ('0' + i / 10)).append((char) ('0' + i % 10));
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes {@code digits} (positive) times ten to the {@code exponent}. */
    static int put(byte[] out, int at, long digits, int exponent) {
        long stripped = digits;
        int power = exponent;
        while (stripped % 10 == 0) {
            stripped /= 10;
            power++;
        }
        int count = count(stripped);
        int scientific = count - 1 + power;
        if (scientific < SMALLEST_PLAIN || scientific > LARGEST_PLAIN) {
            return putScientific(out, at, stripped, scientific);
        }
        return power >= 0 ? putWhole(out, at, stripped * POWERS[power]) : putFraction(out, at, stripped, -power);
    }

    /** Writes a whole number that is not negative. */
    static int putWhole(byte[] out, int at, long number) {
        int end = putDigits(out, at, number, count(number));
        out[end] = '.';
        out[end + 1] = '0';
        return end + 2;
    }

    private static int putFraction(byte[] out, int at, long digits, int places) {
        if (places >= POWERS.length) {
            out[at] = '0';
            out[at + 1] = '.';
            return putPadded(out, at + 2, digits, places);
        }
        long whole = digits / POWERS[places];
        int point = putDigits(out, at, whole, count(whole));
        out[point] = '.';
        return putPadded(out, point + 1, digits - whole * POWERS[places], places);
    }

    private static int putPadded(byte[] out, int at, long digits, int width) {
        int start = at + width - count(digits);
        for (int i = at; i < start; i++) {
            out[i] = '0';
        }
        return putDigits(out, start, digits, at + width - start);
    }

    private static int putScientific(byte[] out, int at, long digits, int exponent) {
        int count = count(digits);
        int end = putDigits(out, at + 1, digits, count);
        out[at] = out[at + 1];
        out[at + 1] = '.';
        if (count == 1) {
            end = at + 1;
        }
        out[end] = 'E';
        out[end + 1] = (byte) (exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        return putDigits(out, end + 2, size, Math.max(2, count(size)));
    }

    private static int putDigits(byte[] out, int at, long number, int count) {
        int i = at + count;
        long rest = number;
        while (i - at >= 2) {
            long next = rest / 100;
            int pair = (int) (rest - next * 100) * 2;
            out[--i] = PAIRS[pair + 1];
            out[--i] = PAIRS[pair];
            rest = next;
        }
        if (i > at) {
            out[at] = (byte) ('0' + rest);
        }
        return at + count;
    }

    /** Decimal digits of a number that is not negative; 1 for zero. */
    private static int count(long number) {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(number | 1);
        int guess = (bits * 1233) >>> 12;
        return (number | 1) >= POWERS[guess] ? guess + 1 : guess;
    }
}
