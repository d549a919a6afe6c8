package io.freshet.worker;

import io.freshet.items.LineSetting;
import io.freshet.message.EventSetting;
import io.freshet.queue.ConcurrencySetting;
import io.freshet.settings.Text;
import io.freshet.settings.Variable;
import io.freshet.settings.common.GraceSetting;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** How a worker works. */
@ConfigMapping(prefix = "freshet.worker")
public interface WorkerConfig extends ConcurrencySetting, GraceSetting, EventSetting, LineSetting {

    @Variable(value = "FRESHET_WORKER_MODE", says = """
            `serve`: wait for messages. `drain`: work off what is there and exit with 0; told to stop while there is work
            left, it exits with 143, so that a Job replaces it""")
    @WithDefault("serve")
    Mode mode();

    @Variable(value = "FRESHET_RUN_ID", says = "The only run that a draining worker works on; all runs without it")
    @Text(pattern = "(step-)?\\d{4}-(0[1-9]|1[0-2])-\\d{1,19}", wanted = "the id of a job")
    Optional<String> runId();

    @Variable(
            value = "MAXDEQUEUECOUNT",
            says = "Attempts on a part before it has failed for good. Being handed back is none")
    @WithDefault("5")
    int maxDequeueCount();

    /**
     * How long a claim outlives a worker that dies; renewed three times as often. Azure allows 15 to 60 seconds. Must be
     * shorter than the visibility timeout of the input queue, or a dead worker's message is taken for a duplicate.
     */
    @WithDefault("PT15S")
    Duration lease();

    enum Mode {
        SERVE,
        DRAIN
    }
}
