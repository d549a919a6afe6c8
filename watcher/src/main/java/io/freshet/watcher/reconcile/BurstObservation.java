package io.freshet.watcher.reconcile;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The last known state of the Job of a run. */
public sealed interface BurstObservation {

    /** The cluster has not responded yet. */
    record Unknown() implements BurstObservation {}

    /** There is none, or it is not visible yet. */
    record Absent() implements BurstObservation {}

    /** It is being removed. */
    record Leaving() implements BurstObservation {}

    /** It creates no pods until it is resumed. */
    record Suspended() implements BurstObservation {}

    /**
     * It creates no more pods, which says nothing about the run.
     *
     * @param worked whether a pod has succeeded
     * @param reason why it failed, if it did
     */
    record Ended(boolean worked, @Nullable String reason) implements BurstObservation {}

    /**
     * It has pods, or tries to create them.
     *
     * @param wanted number of concurrent pods
     */
    record Active(int wanted, List<Pod> pods) implements BurstObservation {
        public Active {
            pods = List.copyOf(pods);
        }

        int count(Stage stage) {
            return (int) pods.stream().filter(pod -> pod.stage() == stage).count();
        }

        /** The reason of a pod in this stage; null if none has one. */
        @Nullable
        String reason(Stage stage) {
            return pods.stream()
                    .filter(pod -> pod.stage() == stage && pod.reason() != null)
                    .map(Pod::reason)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** @param reason why it has not started or has failed */
    record Pod(Stage stage, @Nullable String reason) {}

    /** Stage of a pod. */
    enum Stage {
        /** It may still start, or is about to be replaced. */
        COMING,
        RUNNING,
        /** It has found nothing left to claim. */
        SUCCEEDED,
        /** The provider refused it. */
        REFUSED,
        /** Its program has failed. */
        CRASHED,
        /** Its node is gone; its state is unknown. */
        LOST
    }
}
