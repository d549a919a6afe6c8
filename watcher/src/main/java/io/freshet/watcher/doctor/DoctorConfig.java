package io.freshet.watcher.doctor;

import io.freshet.message.EventSetting;
import io.smallrye.config.ConfigMapping;

/** Settings of the workers that the doctor needs, too. */
@ConfigMapping(prefix = "freshet.doctor")
public interface DoctorConfig extends EventSetting {}
