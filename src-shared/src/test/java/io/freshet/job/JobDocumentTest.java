package io.freshet.job;

import io.freshet.job.JobDocument.Circumstances;
import io.freshet.run.BurstLimits;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static io.freshet.run.SampleRuns.at;
import static io.freshet.run.SampleRuns.done;
import static io.freshet.run.SampleRuns.failed;
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

    @Test
    void failedItemsAreToldAsTheirParts() {
        assertThat(JobDocument.reason(SampleRuns.completedWithErrors()))
                .isEqualTo("1 of 4 parts failed: part 4: reason 3");
        assertThat(JobDocument.reason(SampleRuns.failed()))
                .startsWith("4 of 4 parts failed: part 1: reason 0; part 2: reason 1");
        assertThat(JobDocument.reason(SampleRuns.running().apply(List.of(failed(2)), at(14))))
                .isEqualTo("1 of 4 parts failed: part 3: reason 2");
        assertThat(JobDocument.reason(SampleRuns.completed())).isNull();
    }

    @Test
    void theFirstTenFailuresAreTold() {
        Run run = SampleRuns.pending(200)
                .start(at(10))
                .apply(IntStream.range(0, 150).mapToObj(SampleRuns::failed).toList(), at(20));

        assertThat(JobDocument.reason(run))
                .startsWith("150 of 200 parts failed: part 1: reason 0; ")
                .endsWith("; part 10: reason 9");
    }

    @Test
    void whatEndedTheRunIsItsReasonWhateverFailedBefore() {
        Run running = SampleRuns.running().apply(done(0, 3), at(20)).apply(List.of(failed(3)), at(21));
        Run empty = SampleRuns.pending(0).start(at(10)).settle(at(11));

        assertThat(JobDocument.reason(running.cancel("canceled by a user", at(22))))
                .isEqualTo("canceled by a user");
        assertThat(JobDocument.reason(running.settle(at(22)).failMerge("an output is gone", at(23))))
                .isEqualTo("an output is gone");
        assertThat(JobDocument.reason(empty.failMerge("no room", at(12)))).isEqualTo("no room");
    }

    @Test
    void theLocationTellsWhereTheJobRuns() {
        assertThat(document(SampleRuns.pending(), 5).executionLocation()).isEqualTo("cluster");
        assertThat(document(SampleRuns.running(), 15).runningOnAci()).isFalse();
        assertThat(document(SampleRuns.running(), 15).parallelism()).isEqualTo(2);
        assertThat(SampleRuns.running().location()).isEqualTo(new Location.Cluster(null));
        assertThat(SampleRuns.completedWithErrors().rerunFailed(at(60)).location())
                .as("a rerun is placed anew")
                .isEqualTo(Location.UNDECIDED);
    }

    @Test
    void theParallelismIsWhatIsInProgressAndNotWhatWasRequested() {
        Run running = SampleRuns.running();

        assertThat(inWork(running, 4).parallelism()).isEqualTo(4);
        assertThat(inWork(running, 1).parallelism()).isEqualTo(1);
        assertThat(inWork(running, 0).parallelism()).as("between two parts").isEqualTo(2);
        assertThat(inWork(SampleRuns.completed(), 0).parallelism()).isEqualTo(2);
    }

    private static JobDocument inWork(Run run, int parts) {
        return JobDocument.of(run, new Circumstances("jobs", parts, at(15).instant()));
    }

    @Test
    void whyAJobIsNotWhereItWasExpectedIsItsReasonUnlessThereIsAWorseOne() {
        Run fewer = SampleRuns.pending()
                .place(new Location.Burst(SampleRuns.SUBMITTED, 2, "v1").loweredTo(1, "1 of 2 pods"));
        Run back = SampleRuns.running().fallBack("no pod came", at(20));

        assertThat(document(fewer, 5).reason()).isEqualTo("1 of 2 pods");
        assertThat(document(fewer, 5).parallelism()).isEqualTo(1);
        assertThat(document(back, 25).reason()).isEqualTo("no pod came");
        assertThat(document(back.cancel("enough", at(30)), 35).reason()).isEqualTo("enough");
    }

    @Test
    void nodesWithGpusAreTheClustersOwn() {
        Run run = SampleRuns.pending().place(new Location.Burst(SampleRuns.SUBMITTED, 2, BurstLimits.GPU_NODES));

        assertThat(document(run, 5).runningOnAci()).isFalse();
        assertThat(document(run, 5).executionLocation()).isEqualTo("cluster");
    }

    private static JobDocument document(Run run, long second) {
        return JobDocument.of(run, new Circumstances("jobs", 0, at(second).instant()));
    }
}
