package io.freshet.gateway.settings;

import io.freshet.gateway.access.AccessConfig;
import io.freshet.gateway.http.HttpConfig;
import io.freshet.gateway.jobs.JobsConfig;
import io.freshet.gateway.orchestrations.OrchestrationsConfig;
import io.freshet.settings.Setting;
import io.freshet.settings.SettingsSource;

import java.util.List;

/** What users set of the gateway. */
public final class GatewaySettings extends SettingsSource {
    private static final List<Setting> SETTINGS =
            Setting.of(JobsConfig.class, AccessConfig.class, HttpConfig.class, OrchestrationsConfig.class);

    public GatewaySettings() {
        super("gateway", SETTINGS);
    }
}
