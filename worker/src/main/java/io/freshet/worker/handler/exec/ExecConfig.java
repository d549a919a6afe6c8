package io.freshet.worker.handler.exec;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The program to run. It comes from the configuration of the worker only, never from a request. */
@ConfigMapping(prefix = "freshet.exec")
public interface ExecConfig {

    /** Run by {@code sh -c}, once for each part. */
    Optional<String> command();

    /** {@code EXEC_ENV}: variables of the worker that are passed to the program in addition to the default ones. */
    Optional<List<String>> env();

    /** A part that takes longer fails, and its program is killed. */
    @WithDefault("PT10M")
    Duration timeout();

    /** How long a program may take to end after SIGTERM; then it gets SIGKILL. */
    @WithDefault("PT5S")
    Duration killAfter();
}
