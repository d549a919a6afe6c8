package io.freshet.telemetry;

import io.freshet.settings.StartFailureFilter;
import io.quarkus.logging.LoggingFilter;

import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/** What is not logged, or not as it comes; Quarkus takes one filter for a log. */
@LoggingFilter(name = "freshet")
public final class LogFilter implements Filter {
    private final List<Filter> filters = List.of(new StartFailureFilter(), new BrokenConnections());

    @Override
    public boolean isLoggable(LogRecord line) {
        return filters.stream().allMatch(filter -> filter.isLoggable(line));
    }
}
