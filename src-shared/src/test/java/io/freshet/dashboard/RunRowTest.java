package io.freshet.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.run.Items.Source;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.run.SampleSteps;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunRowTest {

    @Test
    void aJobIsALineOfTheList() {
        Run run = SampleRuns.running().dispatched(2, SampleRuns.at(11)).apply(SampleRuns.done(0, 2), SampleRuns.at(30));

        ObjectNode row = RunRow.of(run);

        assertThat(row.path("id").asText()).isEqualTo(SampleRuns.ID.toString());
        assertThat(row.path("kind").asText()).isEqualTo("job");
        assertThat(row.path("status").asText()).isEqualTo("Running");
        assertThat(row.path("items").asInt()).isEqualTo(4);
        assertThat(row.path("done").asInt()).isEqualTo(2);
        assertThat(row.path("inFlight").asInt()).isEqualTo(1);
        assertThat(row.path("rejected").asInt()).isEqualTo(2);
        assertThat(row.path("rate").asDouble()).as("20 lines in 20 s").isEqualTo(1.0);
        assertThat(row.path("due").asLong())
                .isEqualTo(SampleRuns.SUBMITTED.plusSeconds(50).getEpochSecond());
        assertThat(row.has("ended")).isFalse();
    }

    @Test
    void aStepStandsForItsInstance() {
        ObjectNode row = RunRow.of(SampleSteps.running(new Source.Generated(7)));

        assertThat(row.path("id").asText()).isEqualTo(SampleSteps.INSTANCE);
        assertThat(row.path("kind").asText()).isEqualTo("orchestration");
        assertThat(row.path("run").asText()).isEqualTo(SampleSteps.ID.toString());
        assertThat(row.path("lines").asInt()).isEqualTo(7);
    }

    @Test
    void everyStateHasARow() {
        assertThat(SampleRuns.inEveryState())
                .extracting(run -> RunRow.of(run).path("status").asText())
                .doesNotHaveDuplicates()
                .doesNotContain("");
    }

    @Test
    void whatHasEndedSaysWhenAndWhy() {
        ObjectNode row = RunRow.of(SampleRuns.completedWithErrors());

        assertThat(row.path("ended").asDouble())
                .isEqualTo(SampleRuns.SUBMITTED.plusSeconds(40).getEpochSecond());
        assertThat(row.path("reason").asText()).contains("part 4: reason 3");
        assertThat(row.has("due")).isFalse();
    }
}
