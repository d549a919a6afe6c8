package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.freshet.watcher.reconcile.BurstObservation;
import io.freshet.watcher.reconcile.BurstObservation.Stage;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Interprets the status of a pod; a pure function. */
final class PodView {
    private static final String REFUSAL = "ProviderFailed";

    private PodView() {}

    static BurstObservation.Pod of(Pod pod, Instant now) {
        return new BurstObservation.Pod(stage(pod, now), reason(pod.getStatus()));
    }

    /** Whether it was evicted and has ended: another pod replaces it, so it does not count. */
    static boolean isReplaced(Pod pod) {
        return "Failed".equals(pod.getStatus().getPhase()) && isTrue(pod.getStatus(), "DisruptionTarget");
    }

    private static Stage stage(Pod pod, Instant now) {
        PodStatus status = pod.getStatus();
        String phase = Objects.requireNonNullElse(status.getPhase(), "Pending");
        if (phase.equals("Succeeded")) {
            return Stage.SUCCEEDED;
        }
        if (REFUSAL.equals(status.getReason())) {
            return Stage.REFUSED;
        }
        if (phase.equals("Failed")) {
            return Stage.CRASHED;
        }
        String deletion = pod.getMetadata().getDeletionTimestamp();
        if (deletion != null) {
            return Instant.parse(deletion).isBefore(now) ? Stage.LOST : Stage.COMING;
        }
        return phase.equals("Running") && !isFalse(status, "Ready") ? Stage.RUNNING : Stage.COMING;
    }

    /** Why it is not running, in the words of Kubernetes; null if there is no explanation. */
    static @Nullable String explanation(PodStatus status) {
        String reason = reason(status);
        return condition(status, "PodScheduled")
                .filter(condition -> "False".equals(condition.getStatus()) && condition.getMessage() != null)
                .map(condition -> condition.getReason() + ": " + condition.getMessage())
                .orElse(reason);
    }

    /** The most specific reason. */
    private static @Nullable String reason(PodStatus status) {
        return Stream.of(
                        Optional.ofNullable(status.getReason()),
                        waiting(status),
                        terminated(status),
                        condition(status, "PodScheduled").map(PodCondition::getReason),
                        condition(status, "DisruptionTarget").map(PodCondition::getReason))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(null);
    }

    private static Optional<String> waiting(PodStatus status) {
        return states(status)
                .filter(state -> state.getWaiting() != null)
                .map(state -> state.getWaiting().getReason())
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Optional<String> terminated(PodStatus status) {
        return states(status)
                .filter(state -> state.getTerminated() != null)
                .map(state -> "exit code " + state.getTerminated().getExitCode())
                .findFirst();
    }

    private static Stream<ContainerState> states(PodStatus status) {
        List<ContainerStatus> containers = status.getContainerStatuses();
        return containers == null
                ? Stream.empty()
                : containers.stream().map(ContainerStatus::getState).filter(Objects::nonNull);
    }

    private static boolean isTrue(PodStatus status, String type) {
        return condition(status, type).filter(c -> "True".equals(c.getStatus())).isPresent();
    }

    private static boolean isFalse(PodStatus status, String type) {
        return condition(status, type)
                .filter(c -> "False".equals(c.getStatus()))
                .isPresent();
    }

    private static Optional<PodCondition> condition(PodStatus status, String type) {
        return status.getConditions().stream()
                .filter(condition -> condition.getType().equals(type))
                .findFirst();
    }
}
