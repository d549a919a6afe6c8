package io.freshet.worker.handler.calculator;

import com.fasterxml.jackson.core.io.NumberInput;

import java.nio.charset.StandardCharsets;

/** A JSON number in a line: its double, and its digits if they can be written back unchanged. */
final class Numeral {

    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private static final int MAX_LENGTH = 400;
    private static final int MAX_EXPONENT_DIGITS = 4;

    /** More digits than this would leave the range of long. */
    private static final long FULL = Long.MAX_VALUE / 10 - 1;

    private boolean negative;
    private long digits;
    private int exponent;
    private boolean exact;
    private double value;

    double value() {
        return value;
    }

    /** Reads a number; returns the position after it, or -1 if it is not a number or needs {@link OddLine}. */
    int read(byte[] line, int from, int end) {
        negative = line[from] == '-';
        digits = 0;
        exponent = 0;
        exact = true;
        int start = negative ? from + 1 : from;
        int at = readDigits(line, start, end);
        if (at == start || (line[start] == '0' && at > start + 1)) {
            return -1;
        }
        if (at < end && line[at] == '.') {
            at = readFraction(line, at + 1, end);
        }
        if (at > 0 && at < end && (line[at] | 0x20) == 'e') {
            at = readExponent(line, at + 1, end);
        }
        if (at < 0 || at - from > MAX_LENGTH) {
            return -1;
        }
        value = exact && isExactDouble() ? scaled() : NumberInput.parseDouble(text(line, from, at), true);
        return Double.isInfinite(value) ? -1 : at;
    }

    private int readDigits(byte[] line, int from, int end) {
        int at = from;
        long number = digits;
        for (; at < end; at++) {
            int digit = line[at] - '0';
            if (digit < 0 || digit > 9) {
                break;
            }
            if (number > FULL) {
                exact = false;
                continue;
            }
            number = number * 10 + digit;
        }
        digits = number;
        return at;
    }

    private int readFraction(byte[] line, int from, int end) {
        int at = readDigits(line, from, end);
        exponent = from - at;
        return at == from ? -1 : at;
    }

    private int readExponent(byte[] line, int from, int end) {
        int start = from < end && (line[from] == '-' || line[from] == '+') ? from + 1 : from;
        int at = start;
        int power = 0;
        for (; at < end && line[at] >= '0' && line[at] <= '9'; at++) {
            power = power * 10 + line[at] - '0';
            if (at - start >= MAX_EXPONENT_DIGITS) {
                return -1;
            }
        }
        if (at == start) {
            return -1;
        }
        exponent += line[from] == '-' ? -power : power;
        return at;
    }

    /** Digits and power of ten are exact doubles, so one operation gives the nearest double. */
    private boolean isExactDouble() {
        return digits < DecimalText.EXACT_DIGITS && -POWERS.length < exponent && exponent < POWERS.length;
    }

    private double scaled() {
        double magnitude = exponent < 0 ? digits / POWERS[-exponent] : digits * POWERS[exponent];
        return negative ? -magnitude : magnitude;
    }

    private static String text(byte[] line, int from, int to) {
        return new String(line, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Writes the number in the format of results; returns the position after it. */
    int put(byte[] out, int at) {
        if (!exact || digits == 0 || !isExactDouble()) {
            return DoubleText.put(out, at, value);
        }
        int start = at;
        if (negative) {
            out[start++] = '-';
        }
        return exponent == 0 ? DecimalText.putWhole(out, start, digits) : DecimalText.put(out, start, digits, exponent);
    }
}
