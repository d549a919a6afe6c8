package io.freshet.watcher.reconcile;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A Job of a run, as it was last seen. */
public sealed interface BurstObservation {

    /** The cluster has not answered yet. */
    record Unknown() implements BurstObservation {}

    /** There is none, or it is not to be seen yet. */
    record Absent() implements BurstObservation {}

    /** It is being removed. */
    record Leaving() implements BurstObservation {}

    /** It makes no pods until it is resumed. */
    record Suspended() implements BurstObservation {}

    /**
     * It makes no pods any more. That says nothing of the run.
     *
     * @param worked whether a pod has ended well
     * @param reason why it failed, if it did
     */
    record Ended(boolean worked, @Nullable String reason) implements BurstObservation {}

    /**
     * It has pods, or tries to.
     *
     * @param wanted pods at once
     */
    record Active(int wanted, List<Pod> pods) implements BurstObservation {
        public Active {
            pods = List.copyOf(pods);
        }

        int count(Stage stage) {
            return (int) pods.stream().filter(pod -> pod.stage() == stage).count();
        }

        /** What the pods say that do not come up; null if none says anything. */
        @Nullable
        String reason(Stage stage) {
            return pods.stream()
                    .filter(pod -> pod.stage() == stage && pod.reason() != null)
                    .map(Pod::reason)
                    .findFirst()
                    .orElse(null);
        }
    }

    /** @param reason why it has not come up, or has failed */
    record Pod(Stage stage, @Nullable String reason) {}

    /** What has become of a pod. */
    enum Stage {
        /** It may still come up, or is about to be replaced. */
        COMING,
        RUNNING,
        /** It has found nothing left to claim. */
        SUCCEEDED,
        /** The provider does not want it. */
        REFUSED,
        /** Its program has failed. */
        CRASHED,
        /** Its node is gone: nobody knows of it. */
        LOST
    }
}
