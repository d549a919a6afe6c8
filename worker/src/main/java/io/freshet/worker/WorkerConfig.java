package io.freshet.worker;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Settings of a worker. */
@ConfigMapping(prefix = "freshet.worker")
public interface WorkerConfig {

    /** {@code FRESHET_WORKER_MODE}: keep serving messages, or process what is there and exit with 0. */
    @WithDefault("serve")
    Mode mode();

    /** {@code FRESHET_RUN_ID}: the only run that a draining worker works on; all runs without it. */
    Optional<String> runId();

    /**
     * {@code WORKER_CONCURRENCY}: concurrent parts; the number of cores by default. Each takes some 16 MiB of buffers.
     */
    OptionalInt concurrency();

    /** {@code MAXDEQUEUECOUNT}: attempts on a part before it fails for good. */
    @WithDefault("5")
    int maxDequeueCount();

    /**
     * How long a claim outlives a worker that dies; renewed at every third of it. Azure allows 15 to 60 seconds. Must
     * be shorter than the visibility time-out of the queue, or a dead worker's message is mistaken for a duplicate.
     */
    @WithDefault("PT15S")
    Duration lease();

    /** {@code FRESHET_GRACE}: how long parts in progress may continue after SIGTERM before they are handed back. */
    @WithDefault("PT20S")
    Duration grace();

    /** {@code FRESHET_EVENTS}: who reports that a blob was created. */
    @WithDefault("eventgrid")
    Events events();

    /** {@code MAXLINEBYTES}: maximum length of a line. */
    @WithDefault("16777216")
    int maxLineBytes();

    enum Mode {
        SERVE,
        DRAIN
    }

    enum Events {
        /** The storage account does, by Event Grid. */
        EVENTGRID,
        /** The worker itself does, for installations without Event Grid. */
        DIRECT
    }
}
