package io.freshet.watcher.doctor;

import java.util.Locale;

/**
 * A finding about one subject, shown as a line.
 *
 * @param subject what was examined
 * @param detail what was observed and, if something is wrong, what to do
 */
public record Finding(Result result, String subject, String detail) {
    private static final int WIDTH = 8;

    /** Result of an examination. */
    public enum Result {
        OK,
        /** It could not be examined, or need not be. */
        SKIPPED,
        /** The examination takes a while. */
        WAITING,
        WRONG
    }

    public static Finding ok(String subject, String detail) {
        return new Finding(Result.OK, subject, detail);
    }

    public static Finding skipped(String subject, String why) {
        return new Finding(Result.SKIPPED, subject, why);
    }

    public static Finding waiting(String subject, String forWhat) {
        return new Finding(Result.WAITING, subject, forWhat);
    }

    /** @param remedy a sentence without a full stop */
    public static Finding wrong(String subject, String what, String remedy) {
        return new Finding(Result.WRONG, subject, what + ". " + remedy);
    }

    boolean isWrong() {
        return result == Result.WRONG;
    }

    String line() {
        String label = result.name().toLowerCase(Locale.ROOT);
        return label + " ".repeat(WIDTH - label.length()) + subject + ": " + detail;
    }
}
