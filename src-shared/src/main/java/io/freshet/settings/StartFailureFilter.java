package io.freshet.settings;

import io.quarkus.runtime.Application;
import org.jspecify.annotations.Nullable;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * Logs a start that has failed so that its message says why: one that was refused as one line for its user, the remedy,
 * without a stack trace.
 */
public final class StartFailureFilter implements Filter {

    /** Quarkus logs it last; whoever logs it before is not heard. */
    private static final String LAST = Application.class.getName();

    private final TerminationMessage termination;

    public StartFailureFilter() {
        this(new TerminationMessage());
    }

    StartFailureFilter(TerminationMessage termination) {
        this.termination = termination;
    }

    @Override
    public boolean isLoggable(LogRecord record) {
        boolean isLast = LAST.equals(record.getLoggerName());
        WrongSettings refusal = refusal(record.getThrown());
        if (refusal != null) {
            say(record, refusal.getMessage());
            record.setThrown(null);
        } else if (isLast && record.getThrown() != null) {
            say(record, lastCause(record.getThrown()));
        }
        if (isLast && record.getLevel().intValue() >= Level.SEVERE.intValue()) {
            termination.write(record.getMessage());
        }
        return refusal == null || isLast;
    }

    private static void say(LogRecord record, @Nullable String why) {
        record.setMessage("This service cannot start: " + why);
        record.setParameters(null);
    }

    private static @Nullable WrongSettings refusal(@Nullable Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof WrongSettings settings) {
                return settings;
            }
        }
        return null;
    }

    private static String lastCause(Throwable thrown) {
        Throwable last = thrown;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        String name = last.getClass().getSimpleName();
        return last.getMessage() == null ? name : name + ": " + last.getMessage();
    }
}
