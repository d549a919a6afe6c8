package io.freshet.telemetry;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import io.freshet.run.RunId;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jspecify.annotations.Nullable;

import java.util.Locale;

/** Logs about a run; its id and the item's number are fields of the record ({@code run}, {@code item}). */
public final class RunLog {
    private static final String RUN = "run";
    private static final String ITEM = "item";
    private static final int NO_ITEM = -1;

    private final Logger log;

    private RunLog(Logger log) {
        this.log = log;
    }

    public static RunLog of(Class<?> origin) {
        return new RunLog(Logger.getLogger(origin.getName()));
    }

    @FormatMethod
    public void info(RunId run, @FormatString String format, @Nullable Object... args) {
        log(Level.INFO, run, NO_ITEM, text(format, args));
    }

    @FormatMethod
    public void debug(RunId run, @FormatString String format, @Nullable Object... args) {
        if (log.isLoggable(Level.DEBUG)) {
            log(Level.DEBUG, run, NO_ITEM, text(format, args));
        }
    }

    @FormatMethod
    public void warn(RunId run, @FormatString String format, @Nullable Object... args) {
        log(Level.WARN, run, NO_ITEM, text(format, args));
    }

    @FormatMethod
    public void error(RunId run, @FormatString String format, @Nullable Object... args) {
        log(Level.ERROR, run, NO_ITEM, text(format, args));
    }

    /** @param item 0-based */
    @FormatMethod
    public void warnOfItem(RunId run, int item, @FormatString String format, @Nullable Object... args) {
        log(Level.WARN, run, item, text(format, args));
    }

    /** Sets the fields on the record itself, because the logger's context is lost outside of requests. */
    private void log(Level level, RunId run, int item, String message) {
        if (!log.isLoggable(level)) {
            return;
        }
        ExtLogRecord entry =
                new ExtLogRecord(level, message, ExtLogRecord.FormatStyle.NO_FORMAT, RunLog.class.getName());
        entry.setLoggerName(log.getName());
        entry.putMdc(RUN, run.toString());
        if (item != NO_ITEM) {
            entry.putMdc(ITEM, Integer.toString(item));
        }
        log.logRaw(entry);
    }

    @FormatMethod
    private static String text(@FormatString String format, @Nullable Object... args) {
        return String.format(Locale.ROOT, format, args);
    }
}
