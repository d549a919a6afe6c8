package io.freshet.message;

import io.freshet.message.JobDocument.Circumstances;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.freshet.run.SampleRuns.at;
import static io.freshet.run.SampleRuns.done;
import static org.assertj.core.api.Assertions.assertThat;

/** What a job's document makes of lines and time. A sample run starts at 10 s and has 40 lines. */
class JobDocumentTest {

    @Test
    void nothingIsEstimatedBeforeThereIsALine() {
        JobDocument job = document(SampleRuns.running(), 20);

        assertThat(job.linesPerSecond()).isNull();
        assertThat(job.estimatedCompletionTime()).isNull();
    }

    @Test
    void theRateOfTheLinesSoFarTellsTheEnd() {
        JobDocument job = document(SampleRuns.running().apply(List.of(done(0)), at(14)), 15);

        assertThat(job.linesPerSecond()).isEqualTo(2.0);
        assertThat(job.estimatedCompletionTime()).isEqualTo(at(30).instant());
    }

    @Test
    void linesThatAreFinishedInASuspensionBringTheirTime() {
        Run suspended = SampleRuns.running().suspend(at(15)).apply(done(0, 2), at(20));

        JobDocument job = document(suspended, 1_000);
        JobDocument later = document(suspended.resume(at(2_000)), 2_000);

        assertThat(job.linesPerSecond()).isEqualTo(2.0);
        assertThat(job.estimatedCompletionTime()).isNull();
        assertThat(later.linesPerSecond()).isEqualTo(2.0);
        assertThat(later.estimatedCompletionTime()).isEqualTo(at(2_010).instant());
    }

    @Test
    void aCanceledRunKeepsTheRateItHad() {
        Run canceled = SampleRuns.running().apply(done(0, 2), at(18)).cancel("enough", at(20));

        assertThat(document(canceled, 1_000).linesPerSecond()).isEqualTo(2.0);
    }

    private static JobDocument document(Run run, long second) {
        return JobDocument.of(run, new Circumstances("jobs", 0, at(second).instant()));
    }
}
