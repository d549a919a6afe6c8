package io.freshet.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.Dispatch;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput;
import io.freshet.run.Items.Source;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunSpec;
import io.freshet.run.SampleRuns;
import io.freshet.run.SampleSteps;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    static List<Run> runs() {
        return SampleRuns.inEveryState();
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aRunInAnyStateIsReadAsItWasWritten(Run run) {
        assertThat(RunDocument.read(RunDocument.write(run))).isEqualTo(run);
    }

    /** While services are replaced, two versions work on the same runs: each reads what the other writes. */
    @Test
    void documentsKeepTheirForm() throws IOException {
        List<String> documents = Repository.read("src-shared/src/test/resources/run-documents.jsonl")
                .lines()
                .toList();
        assertThat(documents).hasSizeGreaterThan(20);

        for (String document : documents) {
            byte[] rewritten = RunDocument.write(RunDocument.read(bytes(document)));

            assertThat(JSON.readTree(rewritten)).isEqualTo(JSON.readTree(document));
        }
    }

    @ParameterizedTest
    @MethodSource("runs")
    void aDeletedRunAndARepeatedDispatchSurvive(Run run) {
        Run changed =
                run.dispatched(2, SampleRuns.at(60)).repeated(SampleRuns.at(90)).delete(SampleRuns.at(99));

        assertThat(RunDocument.read(RunDocument.write(changed))).isEqualTo(changed);
    }

    @Test
    void aStepsRunSurvivesWhateverItsInputs() {
        for (Source source : List.of(new Source.Generated(4), new Source.Stored("lines/a/1", 4))) {
            Run run = SampleSteps.running(source);

            assertThat(RunDocument.read(RunDocument.write(run))).isEqualTo(run);
        }
    }

    @Test
    void everyPartOfASpecSurvives() {
        RunInput input = new RunInput.Referenced("https://account.blob.core.windows.net/c/b", true, "\"0x2\"");
        RunSpec.Placement placement = new RunSpec.Placement(7, RunSpec.Burst.ALWAYS, "K80", 2);
        Items items = new Items.Parts(input, 12, 36, 1L << 40);
        RunSpec spec = new RunSpec("exec", items, "a name – with “signs”", placement, "ab12", "oidc:some one");
        Run run = Run.submitted(SampleRuns.ID, spec, SampleRuns.SUBMITTED);

        assertThat(RunDocument.read(RunDocument.write(run))).isEqualTo(run);
    }

    @Test
    void aRunFromBeforeThereWereOwnersIsNobodys() throws IOException {
        ObjectNode old = (ObjectNode)
                JSON.readTree(RunDocument.write(SampleRuns.inEveryState().getFirst()));
        assertThat(old.path("spec").has("owner")).isFalse();

        assertThat(RunDocument.read(old.toString().getBytes(StandardCharsets.UTF_8))
                        .spec()
                        .owner())
                .isNull();
    }

    static List<Location> locations() {
        return List.of(
                Location.UNDECIDED,
                new Location.Cluster(null),
                new Location.Cluster("it is too small"),
                new Location.Burst(SampleRuns.SUBMITTED, 50, "virtual-nodes"),
                new Location.Burst(SampleRuns.SUBMITTED, 3, "v2", 2, "3 of 8 pods"),
                new Location.FellBack(SampleRuns.SUBMITTED, "no pod came up"));
    }

    @ParameterizedTest
    @MethodSource("locations")
    void everyLocationSurvives(Location location) {
        Run run = SampleRuns.running();
        Run placed = new Run(
                run.id(),
                run.spec(),
                run.state(),
                run.progress(),
                run.dispatch(),
                location,
                run.timeline(),
                run.deletedAt());

        assertThat(RunDocument.read(RunDocument.write(placed))).isEqualTo(placed);
    }

    @Test
    void aDocumentWithoutALocationIsOfARunForWhichNothingIsDecided() throws IOException {
        ObjectNode node = (ObjectNode) JSON.readTree(RunDocument.write(SampleRuns.pending()));
        node.remove("location");

        assertThat(RunDocument.read(bytes(node.toString()))).isEqualTo(SampleRuns.pending());
    }

    @Test
    void failuresSurvive() {
        Run run = SampleRuns.running().apply(List.of(SampleRuns.failed(0), SampleRuns.failed(3)), SampleRuns.at(20));

        assertThat(RunDocument.read(RunDocument.write(run)).progress().failures())
                .containsExactly(SampleRuns.failed(0), SampleRuns.failed(3));
    }

    @Test
    void unknownFieldsAreIgnored() throws IOException {
        ObjectNode node = (ObjectNode) JSON.readTree(RunDocument.write(SampleRuns.running()));
        node.put("fieldOfTomorrow", 1);
        ((ObjectNode) node.path("spec")).putObject("another");

        assertThat(RunDocument.read(bytes(node.toString()))).isEqualTo(SampleRuns.running());
    }

    @Test
    void aDocumentWithoutACursorIsOfATimeWhenAllWasSentAtOnce() throws IOException {
        Run sent = SampleRuns.running().dispatched(2, SampleRuns.at(60));
        ObjectNode node = (ObjectNode) JSON.readTree(RunDocument.write(sent));
        ((ObjectNode) node.path("dispatch")).remove("cursor");
        ObjectNode unsent = (ObjectNode) JSON.readTree(RunDocument.write(SampleRuns.running()));
        ((ObjectNode) unsent.path("dispatch")).remove("cursor");

        assertThat(RunDocument.read(bytes(node.toString())).dispatch().cursor()).isEqualTo(Dispatch.ALL);
        assertThat(RunDocument.read(bytes(unsent.toString()))).isEqualTo(SampleRuns.running());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"v\":1}", "{\"v\":2}", "{\"v\":1,\"id\":\"x\"}"})
    void whatIsNoRunIsMalformed(String text) {
        assertMalformed(text);
    }

    @Test
    void aStateOfTomorrowIsRefusedAndNotGuessed() throws IOException {
        JsonNode node = JSON.readTree(RunDocument.write(SampleRuns.running()));
        ((ObjectNode) node.path("state")).put("is", "Levitating");

        assertMalformed(node.toString());
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        ObjectNode node = (ObjectNode) JSON.readTree(RunDocument.write(SampleRuns.running()));
        node.put("v", 2);

        assertMalformed(node.toString());
    }

    private static void assertMalformed(String text) {
        assertThatThrownBy(() -> RunDocument.read(bytes(text)))
                .isInstanceOfSatisfying(
                        Permanent.class, failure -> assertThat(failure.code()).isEqualTo(FailureCode.MALFORMED));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
