package io.freshet.watcher.reconcile;

import io.freshet.run.RunId;
import io.smallrye.mutiny.Uni;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The Jobs of a Kubernetes cluster, as needed to decide what runs next. Calls fail if the cluster does not respond,
 * which never loses a run. Without a cluster there are no requests.
 */
public interface BurstJobs {

    /** Why no Job can be created; empty if Jobs can. */
    Optional<String> obstacle();

    /**
     * Starts watching existing Jobs. Does not wait for the cluster.
     *
     * @param moved notified of each run whose Job or pods have changed
     */
    void start(Consumer<RunId> moved);

    /** What is currently known of the Job, without a request. */
    BurstObservation observe(BurstOrder order);

    /** Runs that have Jobs in any state, without a request. */
    Set<RunId> runs();

    /** Creates the Job, or adopts it if it exists and is ours. Returns why it was refused; empty if it exists now. */
    Uni<Optional<String>> create(BurstOrder order);

    Uni<Void> suspend(BurstOrder order);

    Uni<Void> resume(BurstOrder order);

    /** Lowers the number of pods, so that no further one is tried. */
    Uni<Void> lower(BurstOrder order, int parallelism);

    /** Removes a Job and its pods; no error if there is none. */
    Uni<Void> remove(BurstOrder order);

    /** Removes all Jobs of a run and everything that belongs to them. */
    Uni<Void> removeAll(RunId run);

    /** The last warning about the Job itself, which may explain why it has no pods. */
    Uni<Optional<String>> warning(BurstOrder order);

    /** Creates an Event on the Job, for operators of the cluster. */
    Uni<Void> tell(BurstOrder order, News news);

    /**
     * News about a burst for operators.
     *
     * @param reason one word in camel case, as in Events of Kubernetes
     */
    record News(String reason, String message) {}
}
