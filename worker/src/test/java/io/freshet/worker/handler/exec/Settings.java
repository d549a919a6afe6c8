package io.freshet.worker.handler.exec;

import io.freshet.settings.Secrets;
import io.freshet.settings.Setting;
import io.freshet.settings.SettingsSource;
import io.freshet.settings.Variable;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.SmallRyeConfigBuilder;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A configuration of its own for each test. */
record Settings(Optional<String> command, Optional<List<String>> env, Duration timeout, Duration killAfter)
        implements ExecConfig {

    Settings(Optional<String> command, Duration timeout, Duration killAfter) {
        this(command, Optional.empty(), timeout, killAfter);
    }

    Exec exec() {
        return new Exec(this, secrets());
    }

    ProgramEnvironment environment() {
        return new ProgramEnvironment(this, secrets());
    }

    private static Secrets secrets() {
        return new Secrets(
                new SmallRyeConfigBuilder().withSources(new LockSettings()).build());
    }

    /** A secret whose names do not look like one. */
    @ConfigMapping(prefix = "freshet.lock")
    private interface Lock {

        @Variable(value = "FRESHET_OPENS", secret = true, description = "Opens it")
        Optional<String> with();
    }

    private static final class LockSettings extends SettingsSource {

        LockSettings() {
            super("lock", Setting.of(Lock.class));
        }
    }
}
