package io.freshet.harness.command;

import io.freshet.harness.Failure;
import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class SettingsTest {

    @Test
    void aVariableThatIsNoPortIsNamedWithWhatItShouldBe() {
        assertThatThrownBy(() -> new Settings(Map.of("GATEWAY_PORT", "8o80")).port("GATEWAY_PORT"))
                .isInstanceOf(Failure.class)
                .hasMessage("GATEWAY_PORT=8o80 is not a whole number from 1 to 65535.");
        assertThatThrownBy(() -> new Settings(Map.of("GATEWAY_PORT", "70000")).port("GATEWAY_PORT"))
                .hasMessageContaining("GATEWAY_PORT=70000");
    }

    @Test
    void anEmptyVariableCountsAsNotSet() {
        assertThat(new Settings(Map.of("WORKERS", " ")).number("WORKERS", 1, 2)).isEmpty();
    }

    @Test
    void aFlagIsOffBy0AndOnBy1() {
        assertThat(Stream.of("0", "false", "", "1", "yes")
                        .map(value -> new Settings(Map.of("NATIVE", value)).flag("NATIVE")))
                .containsExactly(false, false, false, true, true);
    }
}
