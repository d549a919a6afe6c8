package io.freshet.telemetry;

import io.freshet.run.RunId;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/** Logs about a run: its id, and the part's number, are fields of the record ({@code run}, {@code part}). */
public final class RunLog {
    private static final String RUN = "run";
    private static final String PART = "part";
    private static final int NO_PART = 0;

    private final Logger log;

    private RunLog(Logger log) {
        this.log = log;
    }

    public static RunLog of(Class<?> origin) {
        return new RunLog(Logger.getLogger(origin));
    }

        log(Logger.Level.INFO, run, NO_PART, String.format(Locale.ROOT, format, args));
    }

        if (log.isDebugEnabled()) {
            log(Logger.Level.DEBUG, run, NO_PART, String.format(Locale.ROOT, format, args));
        }
    }

        log(Logger.Level.WARN, run, NO_PART, String.format(Locale.ROOT, format, args));
    }

        log(Logger.Level.ERROR, run, NO_PART, String.format(Locale.ROOT, format, args));
    }

    /** @param part 1-based */
    public void warnOfPart(RunId run, int part, String format, Object... args) {
        log(Logger.Level.WARN, run, part, String.format(Locale.ROOT, format, args));
    }

    private void log(Logger.Level level, RunId run, int part, String message) {
        MDC.put(RUN, run.toString());
        if (part != NO_PART) {
            MDC.put(PART, part);
        }
        try {
            log.log(level, message);
        } finally {
            MDC.remove(RUN);
            MDC.remove(PART);
        }
    }
}
