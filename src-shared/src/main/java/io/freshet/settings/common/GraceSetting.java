package io.freshet.settings.common;

import io.freshet.settings.Variable;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** For the mappings of all services. */
public interface GraceSetting {

    /** How long SIGTERM lets go on what was begun. */
    @Variable(value = "FRESHET_GRACE", min = "PT0S", says = """
            How long what is under way may go on after SIGTERM: uploads and downloads, what the watcher has begun, parts,
            which are handed back then. Some seconds less than a pod's `terminationGracePeriodSeconds`""")
    @WithDefault("PT20S")
    Duration grace();
}
