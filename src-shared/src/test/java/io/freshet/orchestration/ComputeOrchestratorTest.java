package io.freshet.orchestration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.instance.Inputs;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ComputeOrchestratorTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Orchestration orchestration = new ComputeOrchestrator();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "4 | 4",
                "4.0 | 4",
                "\"4\" | 4",
                "\"\\\"4\\\"\" | 4",
                "0 | 0",
                "{\"inputCount\":3} | 3",
                "{\"inputCount\":\"3\"} | 3",
                "\"{\\\"inputCount\\\": 3}\" | 3"
            })
    void aCountIsUnderstoodHoweverItIsWritten(String input, int count) {
        assertThat(inputs(input)).isEqualTo(new Inputs.Generated(count));
    }

    @Test
    void inputsAreTakenAsTheyAreGiven() {
        Inputs given = new Inputs.Given(List.of("[1,1]", "{\"a\":2}", "\"x\""));

        assertThat(inputs("{\"inputs\":[[1,1],{\"a\":2},\"x\"]}")).isEqualTo(given);
        assertThat(inputs("[[1,1],{\"a\":2},\"x\"]")).isEqualTo(given);
    }

    @Test
    void blobsThatAreThereAreNamedByTheirBeginning() {
        assertThat(inputs("{\"inputPrefix\":\"input/batch-7/\"}")).isEqualTo(new Inputs.Existing("input/batch-7/"));
    }

    @Test
    void aStreamOfLinesIsTheInputWhateverElseThereIs() {
        Inputs.Stored lines = new Inputs.Stored("lines/x/1", 1_000_000);

        assertThat(new Start("x", json("null"), lines).inputs()).isEqualTo(lines);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "-1",
                "1.5",
                "1e300",
                "true",
                "\"many\"",
                "{}",
                "{\"inputs\":7}",
                "{\"inputPrefix\":\"/\"}",
                "{\"inputCount\":null}"
            })
    void anythingElseIsRefusedWithWhatIsPossible(String input) {
        assertThatThrownBy(() -> inputs(input)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theOutputHasTheCountsTheOutputsAndTheSum() {
        Reducer sum = orchestration.reducer(1).orElseThrow();
        sum.add(0, json("1.5"));
        sum.add(1, json("2"));
        sum.add(2, json("\"no number\""));
        sum.add(3, json("0.5"));
        StepSummary step = new StepSummary(4, "output/x/", sum.value());

        Next end = orchestration.next(new Moment(new Start("x", json("4"), null), 1, step, null, json("null")));

        assertThat(end.action())
                .isInstanceOfSatisfying(
                        Next.Complete.class,
                        complete -> assertThat(complete.output())
                                .hasToString(
                                        "{\"completed\":4,\"failed\":0,\"total\":4,\"outputs\":\"output/x/\",\"value\":4}"));
    }

    private Inputs inputs(String input) {
        Next first = orchestration.begin(new Start("x", json(input), null));
        return ((Next.FanOut) first.action()).inputs();
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
