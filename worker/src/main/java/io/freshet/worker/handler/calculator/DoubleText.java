package io.freshet.worker.handler.calculator;

import java.math.BigDecimal;

/** Formats a double with the fewest digits that read back as the same double, by {@link DecimalText}. */
final class DoubleText {

    private static final int TRIED_PLACES = 6;
    private static final double TRIED_SCALE = 1e6;

    /** Near the smallest doubles, {@link Double#toString} gives two digits where one is enough. */
    private static final double COARSE = 1e-321;

    private DoubleText() {}

    /** Writes a finite number; returns the position after it. */
    static int put(byte[] out, int at, double number) {
        int start = at;
        if (Double.doubleToRawLongBits(number) < 0) {
            out[start++] = '-';
        }
        return putMagnitude(out, start, Math.abs(number));
    }

    private static int putMagnitude(byte[] out, int at, double magnitude) {
        if (magnitude >= DecimalText.EXACT_DIGITS) {
            return putShortest(out, at, magnitude);
        }
        long whole = (long) magnitude;
        if (whole == magnitude) {
            return DecimalText.putWhole(out, at, whole);
        }
        // Few places are common. Where the division gives the number back, the decimal is one of its texts, and with
        // at most 15 digits there is no other as short.
        double scaled = Math.rint(magnitude * TRIED_SCALE);
        if (scaled >= 1 && scaled < DecimalText.EXACT_DIGITS && scaled / TRIED_SCALE == magnitude) {
            return DecimalText.put(out, at, (long) scaled, -TRIED_PLACES);
        }
        return putShortest(out, at, magnitude);
    }

    private static int putShortest(byte[] out, int at, double magnitude) {
        return magnitude >= ShortestDigits.SMALLEST
                ? ShortestDigits.put(out, at, magnitude)
                : putTiny(out, at, magnitude);
    }

    private static int putTiny(byte[] out, int at, double magnitude) {
        BigDecimal decimal = new BigDecimal(shortest(magnitude));
        return DecimalText.put(out, at, decimal.unscaledValue().longValueExact(), -decimal.scale());
    }

    /** {@link Double#toString}, but for its rule to give two digits even where one is enough, as in 4.9E-324. */
    private static String shortest(double magnitude) {
        String text = Double.toString(magnitude);
        if (magnitude >= COARSE) {
            return text;
        }
        String one = "%.0e".formatted(magnitude).replace('e', 'E');
        return Double.parseDouble(one) == magnitude ? one : text;
    }
}
