package io.freshet.system;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Calculator lines, some of them bad, and what has to come of them: computed here, by other means than the product's. */
final class Calculations {
    private final Random random;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder results = new StringBuilder();
    private final List<Rejected> rejected = new ArrayList<>();

    /** @param line 1-based over the whole input */
    record Rejected(long line, String reason, String input) {}

    Calculations(long seed) {
        this.random = new Random(seed);
    }

    Calculations good(int count) {
        for (int i = 0; i < count; i++) {
            String id = "n" + (lines.size() + 1);
            double left = operand();
            double right = operand();
            String op = List.of("+", "-", "*", "/").get(random.nextInt(4));
            lines.add("{ \"id\": \"" + id + "\", \"value1\": " + left + ", \"value2\": " + right + ", \"op\": \"" + op
                    + "\" }");
            results.append("{\"id\":\"" + id + "\",\"value1\":" + text(left) + ",\"value2\":" + text(right)
                    + ",\"op\":\"" + op + "\",\"result\":" + text(compute(left, op, right)) + "}\n");
        }
        return this;
    }

    Calculations rejected(String line, String reason) {
        lines.add(line);
        rejected.add(new Rejected(lines.size(), reason, line));
        return this;
    }

    /** An empty line counts, and is neither computed nor rejected. */
    Calculations empty() {
        lines.add("");
        return this;
    }

    byte[] file() {
        return Text.lines(lines);
    }

    byte[] results() {
        return Text.bytes(results.toString());
    }

    List<Rejected> rejected() {
        return List.copyOf(rejected);
    }

    int size() {
        return lines.size();
    }

    private double operand() {
        double magnitude = Math.pow(10, random.nextInt(-3, 10));
        double value = 1 + random.nextInt(1_000_000) / 1_000.0;
        return (random.nextInt(5) == 0 ? -value : value) * magnitude;
    }

    private static double compute(double left, String op, double right) {
        return switch (op) {
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            default -> left / right;
        };
    }

    /** Shortest digits that read back the same; plain for sizes from 1e-5 to 1e15, {@code .0} on whole numbers. */
    private static String text(double value) {
        double size = Math.abs(value);
        if (value == 0) {
            return 1 / value < 0 ? "-0.0" : "0.0";
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (size >= 1e-5 && size < 1e15) {
            String plain = digits.toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        int exponent = digits.precision() - digits.scale() - 1;
        String mantissa = digits.movePointLeft(exponent).toPlainString();
        return mantissa + "E" + (exponent < 0 ? "-" : "+") + String.format("%02d", Math.abs(exponent));
    }
}
