package io.freshet.run;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunIdTest {
    private static final String KUBERNETES_NAME = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

    @Test
    void theWrittenFormIsReadBack() {
        RunId id = new RunId("2018-10", "8405256245329624086");

        assertThat(id).hasToString("2018-10-8405256245329624086");
        assertThat(RunId.parse(id.toString())).isEqualTo(id);
        assertThat(RunId.read(id.toString())).contains(id);
        assertThat(id.blobPrefix()).isEqualTo("2018-10/8405256245329624086");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11",
                "2026-11-",
                "2026-13-1",
                "2026-00-1",
                "2026/11/1",
                "2026-11-1a",
                "2026-11--1",
                "2026-11-12345678901234567890",
                "2026-11-../../secret",
                "2026-11-1 ",
                "２０２６-11-1"
            })
    void aTextThatIsNoIdIsNamedInTheRefusal(String text) {
        assertThat(RunId.read(text)).isEmpty();
        assertThatThrownBy(() -> RunId.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    @Test
    void idsSortNewestFirstByNameWithinAMonthAndByComparisonAlways() {
        List<RunId> inOrderOfTime = new ArrayList<>();
        for (String time : List.of(
                "2026-10-31T23:59:59.999Z",
                "2026-11-01T00:00:00Z",
                "2026-11-01T00:00:00.001Z",
                "2026-12-01T00:00:00Z")) {
            inOrderOfTime.add(idAt(time));
        }
        List<RunId> newestFirst = new ArrayList<>(inOrderOfTime);
        Collections.reverse(newestFirst);

        assertThat(inOrderOfTime.stream().sorted()).containsExactlyElementsOf(newestFirst);
        assertThat(inOrderOfTime.get(2).blobPrefix())
                .isLessThan(inOrderOfTime.get(1).blobPrefix());
    }

    @Test
    void twoIdsOfOneMillisecondDifferByTheirRandomDigits() {
        Clock clock = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);
        RunId first = new RunIds(clock, bound -> 0).next();
        RunId second = new RunIds(clock, bound -> bound - 1).next();

        assertThat(first).isNotEqualTo(second);
        assertThat(first.number()).hasSize(19).endsWith("000000");
        assertThat(second.number()).hasSize(19).endsWith("999999");
    }

    @Test
    void anIdTellsWhenItsRunWasSubmitted() {
        Instant submitted = Instant.parse("2026-11-22T10:00:00.123Z");

        assertThat(RunIds.submittedAt(idAt(submitted.toString()))).hasValue(submitted);
    }

    @Test
    void anIdThatWeDidNotMakeTellsNothing() {
        assertThat(RunIds.submittedAt(RunId.parse("2026-11-42"))).isEmpty();
        assertThat(RunIds.submittedAt(RunId.parse("2025-01-8204359030351842944")))
                .isEmpty();
    }

    @Test
    void anIdIsAKubernetesNameWithTheFinalizersEnding() {
        String name = idAt("2026-11-22T10:00:00Z") + "-finalizer";

        assertThat(name).matches(KUBERNETES_NAME).hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void theMonthIsThatOfUtc() {
        Clock inTokyo = Clock.fixed(Instant.parse("2026-10-31T23:00:00Z"), ZoneOffset.ofHours(9));

        assertThat(new RunIds(inTokyo, bound -> 1).next().month()).isEqualTo("2026-10");
    }

    private static RunId idAt(String time) {
        return new RunIds(Clock.fixed(Instant.parse(time), ZoneOffset.UTC), bound -> 500_000).next();
    }
}
