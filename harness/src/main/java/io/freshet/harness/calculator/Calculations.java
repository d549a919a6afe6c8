package io.freshet.harness.calculator;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A file of calculator lines, some of them bad, and what has to come of it. */
public final class Calculations {
    private static final List<String> OPERATIONS = List.of("+", "-", "*", "/");

    private final Random random;
    private final List<String> lines = new ArrayList<>();
    private final StringBuilder results = new StringBuilder();
    private final List<Rejected> rejected = new ArrayList<>();

    /** @param line 1-based over the whole input */
    public record Rejected(long line, String reason, String input) {}

    public Calculations(long seed) {
        this.random = new Random(seed);
    }

    public Calculations good(int count) {
        for (int i = 0; i < count; i++) {
            String id = "n" + (lines.size() + 1);
            String left = operand();
            String right = operand();
            Calculation calculation =
                    new Calculation(id, left, right, OPERATIONS.get(random.nextInt(OPERATIONS.size())));
            lines.add(calculation.inputLine());
            results.append(calculation.resultLine()).append('\n');
        }
        return this;
    }

    public Calculations rejected(String line, String reason) {
        lines.add(line);
        rejected.add(new Rejected(lines.size(), reason, line));
        return this;
    }

    /** An empty line counts, and is neither computed nor rejected. */
    public Calculations empty() {
        lines.add("");
        return this;
    }

    public byte[] file() {
        return (lines.isEmpty() ? "" : String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    public byte[] results() {
        return results.toString().getBytes(StandardCharsets.UTF_8);
    }

    public List<Rejected> rejected() {
        return List.copyOf(rejected);
    }

    public int size() {
        return lines.size();
    }

    private String operand() {
        double magnitude = Math.pow(10, random.nextInt(-3, 10));
        double value = 1 + random.nextInt(1_000_000) / 1_000.0;
        return Double.toString((random.nextInt(5) == 0 ? -value : value) * magnitude);
    }
}
