package io.freshet.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** How a worker works. */
@ConfigMapping(prefix = "freshet.worker")
public interface WorkerConfig {

    /** {@code FRESHET_WORKER_MODE}: wait for messages for ever, or work off what is there and exit with 0. */
    @WithDefault("serve")
    Mode mode();

    /** {@code FRESHET_RUN_ID}: the only run that a draining worker works on; all runs without it. */
    Optional<String> runId();

    /** {@code WORKER_CONCURRENCY}: parts at once; the number of cores without it. Each holds some 16 MiB of buffers. */
    OptionalInt concurrency();

    /** {@code MAXDEQUEUECOUNT}: attempts on a part before it has failed for good. */
    @WithDefault("5")
    int maxDequeueCount();

    /**
     * How long a claim outlives a worker that dies; renewed three times as often. Azure allows 15 to 60 seconds. Must be
     * shorter than the visibility timeout of the input queue, or a dead worker's message is taken for a duplicate.
     */
    @WithDefault("PT15S")
    Duration lease();

    /** {@code FRESHET_GRACE}: how long SIGTERM lets parts in work go on before they are handed back. */
    @WithDefault("PT20S")
    Duration grace();

    /** {@code FRESHET_EVENTS}: who says that a blob was created. */
    @WithDefault("eventgrid")
    Events events();

    /** {@code MAXLINEBYTES}: the longest line that is read. */
    @WithDefault("16777216")
    int maxLineBytes();

    enum Mode {
        SERVE,
        DRAIN
    }

    enum Events {
        /** The storage account does, by Event Grid. */
        EVENTGRID,
        /** The worker itself does, because there is no Event Grid. */
        DIRECT
    }
}
