package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.freshet.watcher.reconcile.BurstObservation;
import io.freshet.watcher.reconcile.BurstObservation.Stage;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Interprets a Job and its pods; a pure function. The counts in a Job's status are wrong during its back-off, so pods
 * are counted; and the end may show in any of several conditions.
 */
final class JobView {
    private static final Set<String> ENDS = Set.of("Complete", "SuccessCriteriaMet", "Failed", "FailureTarget");
    private static final Set<String> FAILURES = Set.of("Failed", "FailureTarget");

    private JobView() {}

    static BurstObservation of(@Nullable Job job, List<Pod> pods, Instant now) {
        if (job == null) {
            return new BurstObservation.Absent();
        }
        if (job.getMetadata().getDeletionTimestamp() != null) {
            return new BurstObservation.Leaving();
        }
        List<BurstObservation.Pod> views = pods.stream()
                .filter(pod -> !PodView.isReplaced(pod))
                .map(pod -> PodView.of(pod, now))
                .toList();
        Optional<JobCondition> end = end(job);
        if (end.isPresent()) {
            return new BurstObservation.Ended(worked(job, views), failure(end.get()));
        }
        if (Boolean.TRUE.equals(job.getSpec().getSuspend())) {
            return new BurstObservation.Suspended();
        }
        return new BurstObservation.Active(
                Objects.requireNonNullElse(job.getSpec().getParallelism(), 1), views);
    }

    static boolean hasEnded(Job job) {
        return end(job).isPresent();
    }

    private static Optional<JobCondition> end(Job job) {
        return job.getStatus() == null
                ? Optional.empty()
                : job.getStatus().getConditions().stream()
                        .filter(condition -> ENDS.contains(condition.getType()) && "True".equals(condition.getStatus()))
                        .findFirst();
    }

    private static boolean worked(Job job, List<BurstObservation.Pod> pods) {
        Integer succeeded = job.getStatus().getSucceeded();
        return (succeeded != null && succeeded > 0) || pods.stream().anyMatch(pod -> pod.stage() == Stage.SUCCEEDED);
    }

    private static @Nullable String failure(JobCondition end) {
        return FAILURES.contains(end.getType()) ? end.getReason() : null;
    }
}
