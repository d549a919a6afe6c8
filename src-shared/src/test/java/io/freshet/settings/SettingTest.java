package io.freshet.settings;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What an annotated method says of a setting. */
class SettingTest {

    @ConfigMapping(prefix = "freshet.tried")
    interface Tried {

        @Variable(value = "LEAST", description = "")
        OptionalInt least();

        @Variable(value = "WITHIN", min = "0", max = "10", description = """
                Two lines
                of a text""")
        @WithDefault("5")
        int within();

        @Variable(value = "WAIT", description = "")
        Optional<Duration> waiting();

        @Variable(value = "WAITLONG", min = "PT1S", description = "")
        Optional<Duration> waitingLong();

        @Variable(value = "ROOM", min = "1M", description = "")
        Optional<MemorySize> room();

        @Variable(value = "KIND", description = "")
        @WithDefault("small")
        Kind kind();

        @Variable(value = "WHERE", description = "")
        Optional<URI> where();

        @Variable(value = "WORD", description = "")
        @Text(pattern = "[a-z]+", shortest = 2, longest = 3, wanted = "a short word")
        @WithName("called")
        Optional<String> word();

        @Variable(value = "PIN", secret = true, description = "")
        @Text(pattern = "\\d+", wanted = "digits")
        Optional<String> pin();

        @Variable(value = "FREE", after = "BEFORE", description = "")
        @WithDefault("x")
        String free();

        @WithDefault("1")
        int nobodysBusiness();
    }

    enum Kind {
        SMALL,
        LARGE
    }

    private static final class TriedSettings extends SettingsSource {

        TriedSettings() {
            super("tried", Setting.of(Tried.class));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            LEAST=0              | LEAST is '0' but must be a whole number of at least 1
            LEAST=99999999999    | LEAST is '99999999999' but must be a whole number of at least 1
            LEAST=1              |
            WITHIN=11            | WITHIN is '11' but must be a whole number from 0 to 10
            WITHIN=0             |
            WAIT=0s              | WAIT is '0s' but must be a duration of at least PT0.001S, such as PT30S or 30s
            WAIT=soon            | WAIT is 'soon' but must be a duration of at least PT0.001S, such as PT30S or 30s
            WAIT=1ms             |
            WAITLONG=999ms       | WAITLONG is '999ms' but must be a duration of at least PT1S, such as PT30S or 30s
            ROOM=1K              | ROOM is '1K' but must be a size of at least 1048576 bytes, such as 64M
            ROOM=10 GB           | ROOM is '10 GB' but must be a size of at least 1048576 bytes, such as 64M
            ROOM=1M              |
            KIND=huge            | KIND is 'huge' but must be small or large
            KIND=Large           |
            WHERE=ftp://there    | WHERE is 'ftp://there' but must be an address that begins with https:// or http://
            WHERE=https://       | WHERE is 'https://' but must be an address that begins with https:// or http://
            WHERE=http://a/b?c=d |
            WORD=a               | WORD is 'a' but must be a short word
            WORD=abcd            | WORD is 'abcd' but must be a short word
            WORD=ABC             | WORD is 'ABC' but must be a short word
            WORD=ab              |
            PIN=hunter2          | PIN must be digits
            FREE=anything {}     |
            """)
    void isTakenOrRefused(String set, String complaint) {
        assertThat(complaints(config(set))).isEqualTo(Optional.ofNullable(complaint));
    }

    @Test
    void allThatIsWrongIsSaidAtOnceAndHidden() {
        SmallRyeConfig config = config("WITHIN=11", "LEAST=abc", "WORD=ab");

        assertThat(complaints(config))
                .hasValue("LEAST is 'abc' but must be a whole number of at least 1; "
                        + "WITHIN is '11' but must be a whole number from 0 to 10");
        assertThat(config.getConfigMapping(Tried.class).within()).isEqualTo(5);
        assertThat(config.getConfigMapping(Tried.class).least()).isEmpty();
        assertThat(config.getConfigMapping(Tried.class).word()).hasValue("ab");
    }

    @Test
    void aPropertyOfItsOwnNameWinsAndIsHeldToTheSame() {
        SmallRyeConfig config = config("WITHIN=3", "freshet.tried.within=4");

        assertThat(config.getConfigMapping(Tried.class).within()).isEqualTo(4);
        assertThat(complaints(config("freshet.tried.within=-1")))
                .hasValueSatisfying(text -> assertThat(text).startsWith("WITHIN is '-1'"));
    }

    @Test
    void anotherVariableMayStandBeforeIt() {
        assertThat(config("BEFORE=a-").getConfigMapping(Tried.class).free()).isEqualTo("a-x");
        assertThat(config("BEFORE=a-", "FREE=b").getConfigMapping(Tried.class).free())
                .isEqualTo("a-b");
    }

    @Test
    void aLongValueIsCutOff() {
        assertThat(complaints(config("WORD=" + "a".repeat(100))))
                .hasValue("WORD is '" + "a".repeat(64) + "…' but must be a short word");
    }

    @Test
    void whatItDoesIsOneLine() {
        assertThat(Setting.of(Tried.class))
                .filteredOn(setting -> setting.variable().equals("WITHIN"))
                .extracting(Setting::description)
                .containsExactly("Two lines of a text");
    }

    @Test
    void secretsAreKnownByBothNames() {
        Secrets secrets = new Secrets(config());

        assertThat(List.of("PIN", "FRESHET_TRIED_PIN")).allMatch(secrets::has);
        assertThat(List.of("WORD", "FRESHET_TRIED_CALLED", "freshet.tried.pin")).noneMatch(secrets::has);
    }

    private static Optional<String> complaints(SmallRyeConfig config) {
        return config.getOptionalValue(WrongSettingsSource.COMPLAINTS, String.class);
    }

    private static SmallRyeConfig config(String... set) {
        Map<String, String> environment = Arrays.stream(set)
                .map(assignment -> assignment.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withMapping(Tried.class)
                .withSources(new TriedSettings(), new PropertiesConfigSource(environment, "environment", 300))
                .withSources(new WrongSettingsSource())
                .build();
    }
}
