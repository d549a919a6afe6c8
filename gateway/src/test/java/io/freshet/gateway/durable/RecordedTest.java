package io.freshet.gateway.durable;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.orchestration.Orchestrations;
import io.freshet.storage.BlobStore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every recorded exchange: answered as the original, or a deviation that is meant, or without a counterpart. */
@QuarkusTest
@TestProfile(DurableProfile.class)
@Timeout(600)
class RecordedTest {
    private static final List<Exchange> ALL = Exchange.all();
    private static final String NINE_LINKS = "starter-payload";

    @Inject
    BlobStore blobs;

    @Inject
    Orchestrations orchestrations;

    private Stage stage;

    @BeforeEach
    void setUp() {
        stage = new Stage(new RawHttp(RestAssured.port), blobs, orchestrations);
    }

    static Stream<Exchange> same() {
        return ALL.stream()
                .filter(e -> !e.name().equals(NINE_LINKS))
                .filter(e -> !WithoutCounterpart.CASES.containsKey(e.name()) && !Deviation.CASES.containsKey(e.name()));
    }

    static Stream<Exchange> deviating() {
        return ALL.stream().filter(e -> Deviation.CASES.containsKey(e.name()));
    }

    @ParameterizedTest
    @MethodSource("same")
    void weAnswerAsTheOriginal(Exchange exchange) {
        Reply ours = stage.play(exchange);

        assertThat(Comparison.comparable(ours)).isEqualTo(Comparison.comparable(exchange.response()));
        if (ours.json() != null) {
            assertThat(Comparison.times(ours.json().path("historyEvents"))).isSorted();
            assertThat(ours.json().has("rewindPostUri")).isEqualTo(ours.json().has("restartPostUri"));
        }
    }

    /** The original's own payload class has one more than its starts. */
    @Test
    void theLinksAreTheNineOfTheOriginalsPayloadClass() {
        Reply ours = stage.play(line("start-with-id"));

        assertThat(links(ours.json()))
                .isEqualTo(links(line(NINE_LINKS).response().json()));
    }

    private static Exchange line(String name) {
        return ALL.stream().filter(e -> e.name().equals(name)).findFirst().orElseThrow();
    }

    private static List<String> links(JsonNode payload) {
        return payload.properties().stream()
                .map(link -> link.getKey() + " "
                        + link.getValue()
                                .asText()
                                .replace(payload.path("id").asText(), "ID")
                                .replaceAll("taskHub=\\w+", "taskHub=HUB")
                                .replace("&code=SYSTEMKEY", ""))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("deviating")
    void weAnswerBetterThanTheOriginal(Exchange exchange) {
        Reply ours = stage.play(exchange);

        assertThat(Comparison.comparable(ours))
                .as("a deviation that is none any more")
                .isNotEqualTo(Comparison.comparable(exchange.response()));
        Deviation.CASES.get(exchange.name()).check(ours);
    }

    @Test
    void everyLineIsAccountedFor() {
        Set<String> names = ALL.stream().map(Exchange::name).collect(Collectors.toSet());

        assertThat(names)
                .hasSize(488)
                .containsAll(WithoutCounterpart.CASES.keySet())
                .containsAll(Deviation.CASES.keySet());
        assertThat(WithoutCounterpart.CASES.keySet()).doesNotContainAnyElementsOf(Deviation.CASES.keySet());
        assertThat(WithoutCounterpart.CASES).hasSize(WithoutCounterpart.COUNT);
        assertThat(same().count() + deviating().count() + WithoutCounterpart.COUNT)
                .isEqualTo(488 - 1);
    }
}
