package io.freshet.harness.calculator;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * One calculation, and what the calculator must answer to it, computed here independently of the product.
 *
 * @param left and the right operand, as JSON numbers
 */
public record Calculation(String id, String left, String right, String op) {
    private static final double PLAIN_FROM = 1e-5;
    private static final double PLAIN_BELOW = 1e15;
    /** Here the JDK writes numbers as the calculator does. */
    private static final double SAME_FROM = 1e-3;

    private static final double SAME_BELOW = 1e7;

    public String inputLine() {
        return "{ \"id\": \"" + id + "\", \"value1\": " + left + ", \"value2\": " + right + ", \"op\": \"" + op
                + "\" }";
    }

    public String resultLine() {
        double value1 = Double.parseDouble(left);
        double value2 = Double.parseDouble(right);
        return "{\"id\":\"" + id + "\",\"value1\":" + text(value1) + ",\"value2\":" + text(value2) + ",\"op\":\"" + op
                + "\",\"result\":" + text(compute(value1, value2)) + "}";
    }

    private double compute(double value1, double value2) {
        return switch (op) {
            case "+" -> value1 + value2;
            case "-" -> value1 - value2;
            case "*" -> value1 * value2;
            default -> value1 / value2;
        };
    }

    /** The fewest digits that read back as the same double; {@code .0} on whole numbers, an exponent only when far from one. */
    public static String text(double value) {
        double size = Math.abs(value);
        if (value == 0 || (size >= SAME_FROM && size < SAME_BELOW)) {
            return Double.toString(value);
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (size >= PLAIN_FROM && size < PLAIN_BELOW) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        int exponent = digits.precision() - digits.scale() - 1;
        String mantissa = digits.movePointLeft(exponent).toPlainString();
        return mantissa + "E" + (exponent < 0 ? "-" : "+") + String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    }
}
