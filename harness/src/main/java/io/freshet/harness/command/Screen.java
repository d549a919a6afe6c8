package io.freshet.harness.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Lines for the user, and one progress line that updates in place on a terminal and comes now and then elsewhere. */
final class Screen {
    private static final Duration PLAIN_INTERVAL = Duration.ofSeconds(3);
    private static final String CLEAR_LINE = "\r\u001b[2K";
    private static final int MIB = 1 << 20;
    private static final int NARROW = 20;

    private final PrintStream out;
    private final InstantSource clock;
    private final int columns;
    private String shown = "";
    private long nextPlain;
    private boolean muted;

    /** @param columns of the terminal; 0 if it is none */
    Screen(PrintStream out, InstantSource clock, int columns) {
        this.out = out;
        this.clock = clock;
        this.columns = columns;
    }

    private boolean inPlace() {
        return columns > 0;
    }

    synchronized void line(String text) {
        write(inPlace() && !shown.isEmpty() ? CLEAR_LINE + text + "\n" + shown : text + "\n");
    }

    synchronized void progress(String text) {
        if (inPlace()) {
            shown = text.substring(0, Math.min(text.length(), Math.max(NARROW, columns - 1)));
            write(CLEAR_LINE + shown);
            return;
        }
        long now = clock.millis();
        if (now >= nextPlain) {
            nextPlain = now + PLAIN_INTERVAL.toMillis();
            write(text + "\n");
        }
    }

    /** Ends the progress line; the text stays as its last state. */
    synchronized void endProgress(String text) {
        write(inPlace() ? CLEAR_LINE + text + "\n" : text + "\n");
        shown = "";
        nextPlain = 0;
    }

    /** For what is no line and no progress. */
    PrintStream out() {
        return out;
    }

    /** Nothing more is shown; a progress line that stands there is ended. */
    synchronized void mute() {
        if (!shown.isEmpty()) {
            write("\n");
        }
        muted = true;
    }

    private void write(String text) {
        if (!muted) {
            out.print(text);
            out.flush();
        }
    }

    static String count(double number) {
        return count(Math.round(number));
    }

    static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    static String mebibytes(double bytes) {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / MIB);
    }
}
