package io.freshet.worker.handler.exec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A configuration of its own for each test. */
record Settings(Optional<String> command, Optional<List<String>> env, Duration timeout, Duration killAfter)
        implements ExecConfig {

    Settings(Optional<String> command, Duration timeout, Duration killAfter) {
        this(command, Optional.empty(), timeout, killAfter);
    }
}
