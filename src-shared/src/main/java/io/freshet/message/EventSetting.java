package io.freshet.message;

import io.freshet.settings.Variable;
import io.smallrye.config.WithDefault;

/** Mixed into the settings of whatever reports outputs, or checks that they are reported. */
public interface EventSetting {

    @Variable(value = "FRESHET_EVENTS", description = """
            Who reports that an output was written: `eventgrid`, or `direct` for the worker itself, where there is
            no Event Grid. With `direct`, the watcher's `doctor` does not check events""")
    @WithDefault("eventgrid")
    Reporter events();

    /** Who reports that a blob was created. */
    enum Reporter {
        /** The storage account does, by Event Grid. */
        EVENTGRID,
        /** The worker itself does, because there is no Event Grid. */
        DIRECT
    }
}
