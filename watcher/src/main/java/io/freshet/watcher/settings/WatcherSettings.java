package io.freshet.watcher.settings;

import io.freshet.settings.Setting;
import io.freshet.settings.SettingsSource;
import io.freshet.watcher.doctor.DoctorConfig;
import io.freshet.watcher.eventgrid.EventGridConfig;
import io.freshet.watcher.kubejob.JobsConfig;
import io.freshet.watcher.reconcile.BurstsConfig;
import io.freshet.watcher.reconcile.WatcherConfig;
import io.freshet.watcher.report.CompletionsConfig;
import io.freshet.watcher.scaler.ScalerConfig;

import java.util.List;

/** The settings of the watcher. */
public final class WatcherSettings extends SettingsSource {
    private static final List<Setting> SETTINGS = Setting.of(
            WatcherConfig.class,
            ScalerConfig.class,
            DoctorConfig.class,
            BurstsConfig.class,
            JobsConfig.class,
            CompletionsConfig.class,
            EventGridConfig.class);

    public WatcherSettings() {
        super("watcher", SETTINGS);
    }
}
