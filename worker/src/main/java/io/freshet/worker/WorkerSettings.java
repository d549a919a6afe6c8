package io.freshet.worker;

import io.freshet.settings.Setting;
import io.freshet.settings.SettingsSource;

import java.util.List;

/** The settings of a worker. Handlers have settings of their own. */
public final class WorkerSettings extends SettingsSource {
    private static final List<Setting> SETTINGS = Setting.of(WorkerConfig.class);

    public WorkerSettings() {
        super("worker", SETTINGS);
    }
}
