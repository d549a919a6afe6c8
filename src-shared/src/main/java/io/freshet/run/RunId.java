package io.freshet.run;

import java.util.regex.Pattern;

/**
 * Identity of a run: the month it was submitted in and a number that is unique in it, written {@code 2026-11-8405256245329624086}.
 * Lower case and short enough to be a Kubernetes name with {@code -finalizer} added.
 *
 * @param month {@code yyyy-MM}, UTC
 * @param number decimal digits; numbers made by {@link RunIds} sort newest first
 */
public record RunId(String month, String number) implements Comparable<RunId> {
    private static final Pattern MONTH = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");

    public RunId {
        if (!MONTH.matcher(month).matches() || !NUMBER.matcher(number).matches()) {
            throw new IllegalArgumentException(
                    "'" + month + "-" + number + "' is not a run id of the form yyyy-MM-<digits>");
        }
    }

    /** Reads the written form; throws {@link IllegalArgumentException} that names the text when it is not a run id. */
    public static RunId parse(String text) {
        if (text.length() < 9 || text.charAt(7) != '-') {
            throw new IllegalArgumentException("'" + text + "' is not a run id of the form yyyy-MM-<digits>");
        }
        return new RunId(text.substring(0, 7), text.substring(8));
    }

    /** Folder of the run's blobs in the jobs container, without a slash at the end: {@code 2026-11/8405256245329624086}. */
    public String blobPrefix() {
        return month + "/" + number;
    }

    /** Newest first. */
    @Override
    public int compareTo(RunId other) {
        int byMonth = other.month.compareTo(month);
        return byMonth != 0 ? byMonth : number.compareTo(other.number);
    }

    @Override
    public String toString() {
        return month + "-" + number;
    }
}
