package io.freshet.worker.handler.exec;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ExecConfigTest {

    @Test
    void hasNoCommandUnlessOneIsGiven() {
        assertThat(config(Map.of()).command()).isEmpty();
        assertThat(config(Map.of("freshet.exec.command", "")).command()).isEmpty();
        assertThat(config(Map.of("freshet.exec.env", "")).env()).isEmpty();
    }

    @Test
    void givesAPartTenMinutesAndAProgramFiveSecondsToEnd() {
        assertThat(config(Map.of()).timeout()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config(Map.of()).killAfter()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void isReadFromItsKeys() {
        ExecConfig config = config(Map.of(
                "freshet.exec.command", "tr a-z A-Z",
                "freshet.exec.env", "MODEL_DIR,MODEL",
                "freshet.exec.timeout", "PT3S",
                "freshet.exec.kill-after", "PT1S"));

        assertThat(config.command()).contains("tr a-z A-Z");
        assertThat(config.env()).contains(List.of("MODEL_DIR", "MODEL"));
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(config.killAfter()).isEqualTo(Duration.ofSeconds(1));
    }

    private static ExecConfig config(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(ExecConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 1))
                .build()
                .getConfigMapping(ExecConfig.class);
    }
}
