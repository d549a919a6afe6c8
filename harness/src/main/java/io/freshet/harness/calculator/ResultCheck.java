package io.freshet.harness.calculator;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;

/** Reads result lines as they come, keeps the first and the last, and compares each with what it should be. */
public final class ResultCheck {
    private final @Nullable Iterator<String> expected;
    private final ByteArrayOutputStream rest = new ByteArrayOutputStream();
    private long lines;
    private @Nullable String first;
    private @Nullable String last;
    private @Nullable Difference wrong;

    /** The first difference; empty where there is no line. */
    public record Difference(long line, Optional<String> expected, Optional<String> got) {}

    /** Compares nothing. */
    public ResultCheck() {
        this.expected = null;
    }

    /** @param expected the right lines */
    public ResultCheck(Iterator<String> expected) {
        this.expected = expected;
    }

    /** What so many calculations of the series come to. */
    public static ResultCheck ofCalculations(long lines) {
        CalculationSeries series = new CalculationSeries();
        return new ResultCheck(new Iterator<>() {
            private long made;

            @Override
            public boolean hasNext() {
                return made < lines;
            }

            @Override
            public String next() {
                made++;
                return series.next().resultLine();
            }
        });
    }

    public void accept(byte[] chunk, int length) {
        int start = 0;
        for (int i = 0; i < length; i++) {
            if (chunk[i] == '\n') {
                rest.write(chunk, start, i - start);
                endLine();
                start = i + 1;
            }
        }
        rest.write(chunk, start, length - start);
    }

    public void end() {
        if (rest.size() > 0) {
            endLine();
        }
        if (expected != null && expected.hasNext()) {
            note(new Difference(lines + 1, Optional.of(expected.next()), Optional.empty()));
        }
    }

    private void endLine() {
        String line = rest.toString(StandardCharsets.UTF_8);
        rest.reset();
        lines++;
        first = first == null ? line : first;
        last = line;
        if (expected != null) {
            Optional<String> right = expected.hasNext() ? Optional.of(expected.next()) : Optional.empty();
            if (!right.equals(Optional.of(line))) {
                note(new Difference(lines, right, Optional.of(line)));
            }
        }
    }

    private void note(Difference difference) {
        wrong = wrong == null ? difference : wrong;
    }

    public long lines() {
        return lines;
    }

    public Optional<String> first() {
        return Optional.ofNullable(first);
    }

    public Optional<String> last() {
        return Optional.ofNullable(last);
    }

    public Optional<Difference> wrong() {
        return Optional.ofNullable(wrong);
    }
}
