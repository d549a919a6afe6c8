package io.freshet.settings;

import io.freshet.telemetry.BrokenConnections;
import io.quarkus.logging.LoggingFilter;

import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** What is not logged, or not as it comes; Quarkus takes one filter for a log. */
@LoggingFilter(name = "freshet")
public final class LogFilter implements Filter {
    private final List<Filter> filters =
            List.of(new StartFailureFilter(new TerminationMessage()), new BrokenConnections());

    @Override
    public boolean isLoggable(LogRecord line) {
        return filters.stream().allMatch(filter -> filter.isLoggable(line));
    }
}
