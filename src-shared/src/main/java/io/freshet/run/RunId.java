package io.freshet.run;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Identity of a run: the month of its submission and a number that is unique within it, written {@code
 * 2026-11-8405256245329624086} for a job, and {@code step-2026-11-8405256245329624086} for the step of an
 * orchestration. Lower case and short enough to be a Kubernetes name with {@code -finalizer} added.
 *
 * @param isStep whether it is the run of a step, which clients do not see
 * @param month {@code yyyy-MM}, UTC
 * @param number decimal digits; numbers made by {@link RunIds} sort newest first
 */
public record RunId(boolean isStep, String month, String number) implements Comparable<RunId> {
    private static final Pattern MONTH = Pattern.compile("\\d{4}-(?:0[1-9]|1[0-2])");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,19}");
    private static final String STEP = "step-";
    private static final Pattern WRITTEN = Pattern.compile("(" + STEP + ")?(" + MONTH + ")-(" + NUMBER + ")");

    public RunId {
        if (!fit(month, number)) {
            throw notAnId(month + "-" + number);
        }
    }

    /** The id of a job. */
    public RunId(String month, String number) {
        this(false, month, number);
    }

    /** Empty if they are not valid. */
    public static Optional<RunId> of(boolean isStep, String month, String number) {
        return fit(month, number) ? Optional.of(new RunId(isStep, month, number)) : Optional.empty();
    }

    private static boolean fit(String month, String number) {
        return isMonth(month) && NUMBER.matcher(number).matches();
    }

    /** Whether the text is a month as written in ids. */
    public static boolean isMonth(String text) {
        return MONTH.matcher(text).matches();
    }

    /** Reads the written form; empty if it is not a run id. */
    public static Optional<RunId> read(String text) {
        Matcher id = WRITTEN.matcher(text);
        return id.matches() ? Optional.of(new RunId(id.group(1) != null, id.group(2), id.group(3))) : Optional.empty();
    }

    /** Reads the written form; throws {@link IllegalArgumentException} with the text if it is not a run id. */
    public static RunId parse(String text) {
        return read(text).orElseThrow(() -> notAnId(text));
    }

    private static IllegalArgumentException notAnId(String text) {
        return new IllegalArgumentException("'" + text + "' is not a run id of the form yyyy-MM-<digits>");
    }

    /**
     * Folder of the run's blobs in the jobs container, without a trailing slash: {@code 2026-11/8405256245329624086}.
     */
    public String blobPrefix() {
        return (isStep ? "steps/" : "") + month + "/" + number;
    }

    /** Newest first. */
    @Override
    public int compareTo(RunId other) {
        int byMonth = other.month.compareTo(month);
        int byNumber = byMonth != 0 ? byMonth : number.compareTo(other.number);
        return byNumber != 0 ? byNumber : Boolean.compare(isStep, other.isStep);
    }

    @Override
    public String toString() {
        return (isStep ? STEP : "") + month + "-" + number;
    }
}
