package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.freshet.watcher.reconcile.BurstObservation;
import io.freshet.watcher.reconcile.BurstObservation.Active;
import io.freshet.watcher.reconcile.BurstObservation.Ended;
import io.freshet.watcher.reconcile.BurstObservation.Leaving;
import io.freshet.watcher.reconcile.BurstObservation.Stage;
import io.freshet.watcher.reconcile.BurstObservation.Suspended;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What clusters were seen to say. */
class JobViewTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Failed    | {phase: Failed, reason: ProviderFailed, conditions: [{type: PodScheduled, status: 'True'}]}                     | REFUSED   | ProviderFailed
            Pending   | {phase: Pending, reason: ProviderFailed}                                                                        | REFUSED   | ProviderFailed
            image     | {phase: Pending, containerStatuses: [{state: {waiting: {reason: ErrImagePull}}}]}                               | COMING    | ErrImagePull
            no node   | {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable}]}                     | COMING    | Unschedulable
            new       | {}                                                                                                              | COMING    |
            runs      | {phase: Running, conditions: [{type: Ready, status: 'True'}]}                                                   | RUNNING   |
            node away | {phase: Running, conditions: [{type: Ready, status: 'False'}]}                                                  | COMING    |
            done      | {phase: Succeeded, containerStatuses: [{state: {terminated: {exitCode: 0}}}]}                                   | SUCCEEDED | exit code 0
            broken    | {phase: Failed, containerStatuses: [{state: {terminated: {exitCode: 1}}}]}                                      | CRASHED   | exit code 1
            """)
    void aPodSaysHowItGoes(String what, String status, Stage stage, String reason) {
        Pod pod = pod("{metadata: {name: a}, status: " + status + "}");

        assertThat(PodView.of(pod, NOW)).as(what).isEqualTo(new BurstObservation.Pod(stage, reason));
    }

    @Test
    void aPodThatIsBeingRemovedMayBeReplacedUntilItsTimeIsOver() {
        String pod = "{metadata: {name: a, deletionTimestamp: '%s'}, status: {phase: Running}}";

        assertThat(PodView.of(pod(pod.formatted("2026-11-22T10:00:45Z")), NOW).stage())
                .isEqualTo(Stage.COMING);
        assertThat(PodView.of(pod(pod.formatted("2026-11-22T09:59:59Z")), NOW).stage())
                .isEqualTo(Stage.LOST);
    }

    @Test
    void aPodThatWasEvictedCountsForNothing() {
        Pod evicted = pod("{metadata: {name: a}, status: {phase: Failed,"
                + " conditions: [{type: DisruptionTarget, status: 'True'}]}}");

        assertThat(JobView.of(job("{spec: {parallelism: 2}}"), List.of(evicted), NOW))
                .isEqualTo(new Active(2, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {status: {conditions: [{type: SuccessCriteriaMet, status: 'True'}, {type: Complete, status: 'True'}], succeeded: 2}} | true  |
            {status: {conditions: [{type: Suspended, status: 'False'}, {type: SuccessCriteriaMet, status: 'True'}]}}             | false |
            {status: {conditions: [{type: FailureTarget, status: 'True', reason: BackoffLimitExceeded}], succeeded: 1}}          | true  | BackoffLimitExceeded
            {status: {conditions: [{type: Failed, status: 'True', reason: DeadlineExceeded}]}}                                   | false | DeadlineExceeded
            """)
    void anyConditionMayTellTheEnd(String job, boolean worked, String reason) {
        assertThat(JobView.of(job(job), List.of(), NOW)).isEqualTo(new Ended(worked, reason));
    }

    @Test
    void whatIsNotGoneIsNotAbsent() {
        assertThat(JobView.of(null, List.of(), NOW)).isEqualTo(new BurstObservation.Absent());
        assertThat(JobView.of(job("{metadata: {deletionTimestamp: '2026-11-22T10:00:00Z'}}"), List.of(), NOW))
                .isEqualTo(new Leaving());
        assertThat(JobView.of(job("{spec: {suspend: true}}"), List.of(), NOW)).isEqualTo(new Suspended());
    }

    private static Pod pod(String text) {
        return Serialization.unmarshal("---\n" + text, Pod.class);
    }

    private static Job job(String text) {
        Job job = Serialization.unmarshal("---\n" + text, Job.class);
        if (job.getMetadata() == null) {
            job.setMetadata(new ObjectMeta());
        }
        if (job.getSpec() == null) {
            job.setSpec(new JobSpec());
        }
        return job;
    }
}
