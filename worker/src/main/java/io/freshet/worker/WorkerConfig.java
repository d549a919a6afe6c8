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

/** Settings of a worker. */
@ConfigMapping(prefix = "freshet.worker")
public interface WorkerConfig extends ConcurrencySetting, GraceSetting, EventSetting, LineSetting {

    @Variable(value = "FRESHET_WORKER_MODE", description = """
            `serve`: wait for messages; `drain`: process what there is and exit with 0. A draining worker that is
            stopped while work is left exits with 143, so that its Job replaces it""")
    @WithDefault("serve")
    Mode mode();

    @Variable(value = "FRESHET_RUN_ID", description = """
            The only run that a draining worker works on; while it is suspended, the worker waits. Default: all runs""")
    @Text(pattern = "(step-)?\\d{4}-(0[1-9]|1[0-2])-\\d{1,19}", wanted = "the id of a job")
    Optional<String> runId();

    @Variable(value = "MAXDEQUEUECOUNT", description = """
            Attempts on a part before it fails for good. A part that was handed back does not count as an attempt""")
    @WithDefault("5")
    int maxDequeueCount();

    /**
     * How long a claim outlives a worker that dies; renewed at every third of it. Azure allows 15 to 60 seconds. Must
     * be shorter than the visibility time-out of the queue, or a dead worker's message is mistaken for a duplicate.
     */
    @WithDefault("PT15S")
    Duration lease();

    enum Mode {
        SERVE,
        DRAIN
    }
}
