package io.freshet.settings.common;

import io.freshet.azure.identity.StorageConfig;
import io.freshet.azure.storage.InputsConfig;
import io.freshet.process.ManagementConfig;
import io.freshet.queue.QueuesConfig;
import io.freshet.settings.Setting;
import io.freshet.settings.SettingsSource;
import io.freshet.settings.SwitchesConfig;

import java.util.List;

/** The settings of all services. */
public final class CommonSettings extends SettingsSource {
    private static final List<Setting> SETTINGS = Setting.of(
            StorageConfig.class,
            QueuesConfig.class,
            InputsConfig.class,
            JarsConfig.class,
            ManagementConfig.class,
            SwitchesConfig.class);

    public CommonSettings() {
        super("all", SETTINGS);
    }
}
