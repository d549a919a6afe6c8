package io.freshet.watcher.kubejob;

import io.freshet.testing.Repository;
import io.freshet.watcher.reconcile.BurstsConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The watcher's settings, as its variables make them. */
final class Variables {
    private static final int ABOVE = 500;

    private Variables() {}

    static SmallRyeConfig config(Map<String, String> variables) {
        try {
            return new SmallRyeConfigBuilder()
                    .addDefaultInterceptors()
                    .withSources(
                            file("src-shared/src/main/resources/META-INF/microprofile-config.properties"),
                            file("watcher/src/main/resources/application.properties"),
                            new PropertiesConfigSource(variables, "variables", ABOVE))
                    .withMapping(JobsConfig.class)
                    .withMapping(BurstsConfig.class)
                    .build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JobsConfig jobs(Map<String, String> variables) {
        return config(variables).getConfigMapping(JobsConfig.class);
    }

    static BurstsConfig bursts(Map<String, String> variables) {
        return config(variables).getConfigMapping(BurstsConfig.class);
    }

    private static PropertiesConfigSource file(String path) throws IOException {
        return new PropertiesConfigSource(
                Repository.root().resolve(path).toUri().toURL(), 0);
    }
}
