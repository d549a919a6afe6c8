package io.freshet.harness.calculator;

import java.util.Iterator;

/** An endless series of calculations, always the same for the same seed. */
public final class CalculationSeries implements Iterator<Calculation> {
    private static final int SEED = 0x46726573;
    private static final String OPERATIONS = "+-*/";
    private static final int EVERYDAY = 55;
    private static final int BROKEN = 95;
    private static final int LARGE = 98;
    private static final double RANDOMS = 0x1p32;

    private int state;
    private int made;

    public CalculationSeries() {
        this(SEED);
    }

    public CalculationSeries(int seed) {
        state = seed;
    }

    @Override
    public boolean hasNext() {
        return true;
    }

    @Override
    public Calculation next() {
        made++;
        String left = operand();
        String right = operand();
        int op = below(OPERATIONS.length());
        return new Calculation(Integer.toString(made), left, right, OPERATIONS.substring(op, op + 1));
    }

    /** Mostly everyday numbers; some so large or small that results need an exponent; never zero. */
    private String operand() {
        String sign = below(10) == 0 ? "-" : "";
        int kind = below(100);
        if (kind < EVERYDAY) {
            return sign + (1 + below(1_000_000));
        }
        if (kind < BROKEN) {
            return sign + below(10_000) + "." + fraction(1 + below(4));
        }
        return kind < LARGE ? sign + (1 + below(2_000_000_000)) : sign + "0.000" + fraction(3);
    }

    /** Up to so many digits, of which the last is not zero. */
    private String fraction(int digits) {
        String front = Integer.toString(below((int) Math.pow(10, digits - 1)));
        String padded = digits > 1 ? "0".repeat(digits - 1 - front.length()) + front : "";
        return padded + (1 + below(9));
    }

    private int below(int bound) {
        return (int) Math.floor(random() / RANDOMS * bound);
    }

    /** mulberry32: 32 random bits, the same on every machine. */
    private long random() {
        state += 0x6d2b79f5;
        int t = (state ^ (state >>> 15)) * (1 | state);
        t = (t + (t ^ (t >>> 7)) * (61 | t)) ^ t;
        return Integer.toUnsignedLong(t ^ (t >>> 14));
    }
}
