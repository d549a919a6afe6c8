package io.freshet.watcher.reconcile;

import io.freshet.run.RunId;
import io.smallrye.mutiny.Uni;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The Jobs of a Kubernetes cluster, as what runs next needs to know them. Calls fail when the cluster does not answer;
 * a run is never lost by that. Where there is no cluster, nothing is asked of it.
 */
public interface BurstJobs {

    /** Why no Job can be made here; empty if one can. */
    Optional<String> obstacle();

    /**
     * Begins to look at the Jobs that there are. Does not wait for the cluster.
     *
     * @param moved hears of each run whose Job or pods have changed
     */
    void start(Consumer<RunId> moved);

    /** What is known of the Job now, without asking the cluster. */
    BurstObservation observe(BurstOrder order);

    /** Runs that have Jobs, whatever state they are in, without asking the cluster. */
    Set<RunId> runs();

    /** Makes the Job, or adopts it if it is there and is ours. Gives why it was refused; empty if it is there now. */
    Uni<Optional<String>> create(BurstOrder order);

    Uni<Void> suspend(BurstOrder order);

    Uni<Void> resume(BurstOrder order);

    /** No more pods than these, so that no other is tried. */
    Uni<Void> lower(BurstOrder order, int parallelism);

    /** Removes a Job and its pods. Removing again is no failure. */
    Uni<Void> remove(BurstOrder order);

    /** Removes all Jobs of a run, with whatever belongs to them. */
    Uni<Void> removeAll(RunId run);

    /** The last warning about the Job itself: why it has no pods. */
    Uni<Optional<String>> warning(BurstOrder order);

    /** An Event on the Job, for whoever looks at the cluster. */
    Uni<Void> tell(BurstOrder order, News news);

    /**
     * Something about a burst that an operator wants to know.
     *
     * @param reason one word in camel case, as Events of Kubernetes have it
     */
    record News(String reason, String message) {}
}
