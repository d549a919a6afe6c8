package io.freshet.message;

import io.freshet.settings.Variable;
import io.smallrye.config.WithDefault;

/** For the mappings of those who report outputs, and of those who look whether they are reported. */
public interface EventSetting {

    @Variable(value = "FRESHET_EVENTS", says = """
            `direct`: the worker reports its outputs itself, where no Event Grid is. The watcher's `doctor` then looks for
            no events""")
    @WithDefault("eventgrid")
    Reporter events();

    /** Who says that a blob was created. */
    enum Reporter {
        /** The storage account does, by Event Grid. */
        EVENTGRID,
        /** The worker itself does, because there is no Event Grid. */
        DIRECT
    }
}
