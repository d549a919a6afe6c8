package io.freshet.watcher.doctor;

import io.freshet.message.EventSetting;
import io.smallrye.config.ConfigMapping;

/** What the doctor has to know of the workers. */
@ConfigMapping(prefix = "freshet.doctor")
public interface DoctorConfig extends EventSetting {}
