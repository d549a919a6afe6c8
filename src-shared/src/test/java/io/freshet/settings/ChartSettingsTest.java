package io.freshet.settings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.testing.Repository;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** The chart's schema refuses what a service would refuse, and nothing that it takes. */
class ChartSettingsTest {
    private static final JsonNode SCHEMA = schema();
    private static final Pattern RANGE = Pattern.compile("a whole number (?:from|of at least) (\\d+)(?: to (\\d+))?");
    private static final List<String> NONSENSE = List.of("none of these", "-1", "x y", "UPPER CASE!");

    static Stream<Setting> settings() {
        return Setting.ALL.stream().filter(setting -> SCHEMA.has(setting.variable()));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aValueThatTheServiceTakesIsTaken(Setting setting) {
        assertThat(accepts(setting, setting.rule().sample())).isTrue();
    }

    @ParameterizedTest
    @MethodSource("settings")
    void whatTheSchemaTakesOfNonsenseTheServiceTakesToo(Setting setting) {
        assertThat(NONSENSE)
                .filteredOn(text -> accepts(setting, text) && isConstrained(setting))
                .noneMatch(setting::isWrong);
    }

    @ParameterizedTest
    @MethodSource("settings")
    void aNumberHasTheSameLimits(Setting setting) {
        Matcher range = RANGE.matcher(setting.rule().wanted());
        if (range.matches()) {
            assertThat(of(setting).path("minimum").asText()).isEqualTo(range.group(1));
            assertThat(of(setting).path("maximum").asText()).isEqualTo(range.group(2) == null ? "" : range.group(2));
        }
    }

    private static JsonNode of(Setting setting) {
        return SCHEMA.path(setting.variable());
    }

    /** Lists of names and the like are left to the service. */
    private static boolean isConstrained(Setting setting) {
        return of(setting).has("pattern") || of(setting).has("enum");
    }

    private static boolean accepts(Setting setting, String text) {
        JsonNode schema = of(setting);
        if (schema.has("enum")) {
            return StreamSupport.stream(schema.path("enum").spliterator(), false)
                    .anyMatch(value -> value.asText().equals(text));
        }
        return Pattern.compile(schema.path("pattern").asText(".*"))
                .matcher(text)
                .find();
    }

    private static JsonNode schema() {
        try {
            return new ObjectMapper()
                    .readTree(Repository.read("kubernetes/chart/values.schema.json"))
                    .at("/properties/settings/properties");
        } catch (JsonProcessingException e) {
            throw new AssertionError("values.schema.json is not JSON", e);
        }
    }
}
