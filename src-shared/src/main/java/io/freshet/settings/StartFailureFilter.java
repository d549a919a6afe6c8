package io.freshet.settings;

import io.quarkus.runtime.Application;

import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** Logs a start that was refused as one line for its user: the remedy, without a stack trace. */
final class StartFailureFilter implements Filter {

    /** Quarkus logs it last; whoever logs it before is not heard. */
    private static final String LAST = Application.class.getName();

    @Override
    public boolean isLoggable(LogRecord record) {
        for (Throwable t = record.getThrown(); t != null; t = t.getCause()) {
            if (t instanceof WrongSettings) {
                record.setMessage("This service cannot start: " + t.getMessage());
                record.setParameters(null);
                record.setThrown(null);
                return LAST.equals(record.getLoggerName());
            }
        }
        return true;
    }
}
