package io.freshet.telemetry;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.freshet.run.RunId;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Logs about a run: its id, and the item's number, are fields of the record ({@code run}, {@code item}). */
public final class RunLog {
    private static final String RUN = "run";
    private static final String ITEM = "item";
    private static final int NO_ITEM = -1;

    private final Logger log;

    private RunLog(Logger log) {
        this.log = log;
    }

    public static RunLog of(Class<?> origin) {
        return new RunLog(Logger.getLogger(origin));
    }

    @FormatMethod
    public void info(RunId run, @FormatString String format, @Nullable Object... args) {
        log(Logger.Level.INFO, run, NO_ITEM, text(format, args));
    }

    @FormatMethod
    public void debug(RunId run, @FormatString String format, @Nullable Object... args) {
        if (log.isDebugEnabled()) {
            log(Logger.Level.DEBUG, run, NO_ITEM, text(format, args));
        }
    }

    @FormatMethod
    public void warn(RunId run, @FormatString String format, @Nullable Object... args) {
        log(Logger.Level.WARN, run, NO_ITEM, text(format, args));
    }

    @FormatMethod
    public void error(RunId run, @FormatString String format, @Nullable Object... args) {
        log(Logger.Level.ERROR, run, NO_ITEM, text(format, args));
    }

    /** @param item 0-based */
    @FormatMethod
    public void warnOfItem(RunId run, int item, @FormatString String format, @Nullable Object... args) {
        log(Logger.Level.WARN, run, item, text(format, args));
    }

    private void log(Logger.Level level, RunId run, int item, String message) {
        MDC.put(RUN, run.toString());
        if (item != NO_ITEM) {
            MDC.put(ITEM, item);
        }
        try {
            log.log(level, message);
        } finally {
            MDC.remove(RUN);
            MDC.remove(ITEM);
        }
    }

    @FormatMethod
    private static String text(@FormatString String format, @Nullable Object... args) {
        return String.format(Locale.ROOT, format, args);
    }
}
