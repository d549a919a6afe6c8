package io.freshet.worker.handler.exec;

import io.freshet.settings.Setting;
import io.freshet.settings.SettingsSource;

import java.util.List;

/** What users set of the computation {@code exec}. */
public final class ExecSettings extends SettingsSource {
    private static final List<Setting> SETTINGS = Setting.of(ExecConfig.class);

    public ExecSettings() {
        super("exec", SETTINGS);
    }
}
