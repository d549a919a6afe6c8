package io.freshet.run;

/**
 * What was counted in computing items.
 *
 * @param lines input lines, empty ones included
 * @param rejectedLines those of them that the computation refused
 */
public record Tally(long lines, long rejectedLines) {
    public static final Tally NONE = new Tally(0, 0);

    public Tally plus(Tally other) {
        return new Tally(lines + other.lines, rejectedLines + other.rejectedLines);
    }
}
