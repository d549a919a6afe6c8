package io.freshet.settings.common;

import io.freshet.settings.Variable;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Mixed into the settings of each service. */
public interface GraceSetting {

    /** How long work in progress may continue after SIGTERM. */
    @Variable(value = "FRESHET_GRACE", min = "PT0S", description = """
            How long work in progress may continue after SIGTERM: uploads, downloads, the watcher's current steps,
            and parts, which are handed back at the end of it. Should be a few seconds shorter than
            `terminationGracePeriodSeconds` of the pod""")
    @WithDefault("PT20S")
    Duration grace();
}
