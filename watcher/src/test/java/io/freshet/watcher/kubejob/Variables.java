package io.freshet.watcher.kubejob;

import io.freshet.settings.common.CommonSettings;
import io.freshet.watcher.reconcile.BurstsConfig;
import io.freshet.watcher.settings.WatcherSettings;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

import java.util.Map;

/** The watcher's settings, as its variables make them. */
final class Variables {
    private static final int ABOVE = 500;

    private Variables() {}

    static SmallRyeConfig config(Map<String, String> variables) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withSources(
                        new CommonSettings(),
                        new WatcherSettings(),
                        new PropertiesConfigSource(variables, "variables", ABOVE))
                .withMapping(JobsConfig.class)
                .withMapping(BurstsConfig.class)
                .build();
    }

    static JobsConfig jobs(Map<String, String> variables) {
        return config(variables).getConfigMapping(JobsConfig.class);
    }

    static BurstsConfig bursts(Map<String, String> variables) {
        return config(variables).getConfigMapping(BurstsConfig.class);
    }
}
