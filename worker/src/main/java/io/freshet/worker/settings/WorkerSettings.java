package io.freshet.worker.settings;

import io.freshet.settings.Setting;
import io.freshet.settings.SettingsSource;
import io.freshet.worker.WorkerConfig;
import io.freshet.worker.handler.exec.ExecConfig;

import java.util.List;

/** What users set of a worker. */
public final class WorkerSettings extends SettingsSource {
    private static final List<Setting> SETTINGS = Setting.of(WorkerConfig.class, ExecConfig.class);

    public WorkerSettings() {
        super("worker", SETTINGS);
    }
}
