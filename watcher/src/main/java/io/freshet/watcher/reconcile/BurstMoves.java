package io.freshet.watcher.reconcile;

import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.reconcile.BurstJobs.News;
import io.freshet.watcher.reconcile.BurstStep.Burst;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Changes of a run's location: first the document, then the Job, so that an interrupted change is repeated. */
@Singleton
final class BurstMoves {
    private static final RunLog LOG = RunLog.of(BurstMoves.class);
    private static final int ROUNDS = 5;

    private final RunStore store;
    private final BurstJobs jobs;
    private final BurstRoom room;
    private final Clock clock;
    private final BurstsConfig config;

    BurstMoves(RunStore store, BurstJobs jobs, BurstRoom room, Clock clock, BurstsConfig config) {
        this.store = store;
        this.jobs = jobs;
        this.room = room;
        this.clock = clock;
        this.config = config;
    }

    /** Empty if the cluster failed to do it; it is retried later. */
    <T> Uni<Optional<T>> tried(RunId run, Uni<T> call) {
        return call.map(Optional::ofNullable)
                .onFailure()
                .invoke(t -> LOG.warn(run, "Kubernetes failed to do what run %s needs: %s", run, t.getMessage()))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    /** Removes the Jobs of a run that is computed elsewhere. */
    Uni<Void> leave(Run run) {
        return run.location() instanceof Location.FellBack && jobs.runs().contains(run.id())
                ? tried(run.id(), jobs.removeAll(run.id())).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    Uni<Next> lower(Burst burst, BurstDecision.Lower decision) {
        return (decision.pods() < burst.where().parallelism()
                        ? note(burst, decision)
                        : Uni.createFrom().voidItem())
                .chain(() -> tried(burst.run().id(), jobs.lower(burst.order(), decision.pods())))
                .replaceWith(() -> Next.lookAgain(BurstWaits.part(config.startTimeout())));
    }

    private Uni<Void> note(Burst burst, BurstDecision.Lower decision) {
        String reason = "%d of %d pods on %s nodes: %s"
                .formatted(
                        decision.pods(),
                        burst.where().parallelism(),
                        burst.where().nodes(),
                        decision.reason());
        if (decision.refused()) {
            room.accepted(decision.pods());
        }
        return moved(burst, r -> r.burst(burst.where().loweredTo(decision.pods(), reason)))
                .chain(() -> tell(burst, new News("BurstLowered", reason)));
    }

    Uni<Next> fallBack(Burst burst, BurstDecision.FallBack decision) {
        if (decision.refused()) {
            room.accepted(0);
        }
        return why(burst, decision.reason())
                .map(reason -> burst.where().isServerless()
                        ? "no pod runs on virtual nodes: " + reason
                        : "no pod runs on nodes with GPUs: " + reason)
                .flatMap(reason -> burst.where().isServerless() ? toCluster(burst, reason) : stay(burst, reason));
    }

    /** Decides how to continue if items are open and nothing is running any more. */
    Uni<Next> goOn(Burst burst, BurstDecision.Judge ended, int open) {
        String reason = "the Job %s ended with open parts%s"
                .formatted(burst.order().name(), ended.reason() == null ? "" : " (" + ended.reason() + ")");
        boolean again = ended.worked() && burst.where().round() < ROUNDS && open >= Math.max(1, config.trigger());
        return again || !burst.where().isServerless()
                ? another(burst, Math.min(open, burst.where().parallelism()), reason)
                : toCluster(burst, reason);
    }

    private Uni<Next> another(Burst burst, int pods, String reason) {
        return moved(burst, r -> r.burst(burst.where().again(pods, clock.instant(), reason)))
                .call(() -> tell(burst, new News("BurstAgain", reason)))
                .call(() -> tried(burst.run().id(), jobs.remove(burst.order())))
                .map(Next::again);
    }

    private Uni<Next> toCluster(Burst burst, String reason) {
        return moved(burst, r -> r.fallBack(reason, clock))
                .call(() -> tell(burst, new News("BurstFellBack", reason)))
                .call(() -> tried(burst.run().id(), jobs.removeAll(burst.run().id())))
                .map(Next::again);
    }

    /** Keeps waiting: workers of the cluster have no GPUs. */
    private Uni<Next> stay(Burst burst, String reason) {
        boolean known = reason.equals(burst.where().reason());
        return (known
                        ? Uni.createFrom().voidItem()
                        : moved(
                                        burst,
                                        r -> r.burst(burst.where()
                                                .loweredTo(burst.where().parallelism(), reason)))
                                .chain(() -> tell(burst, new News("BurstWaits", reason))))
                .replaceWith(() -> Next.lookAgain(BurstWaits.part(config.startTimeout())));
    }

    /** Another watcher or a user may have been faster; their decision holds. */
    private Uni<Run> moved(Burst burst, UnaryOperator<Run> move) {
        return store.update(
                burst.run().id(),
                r -> r.isSameExecution(burst.run()) && r.location().equals(burst.where()) && r.isUnfinished()
                        ? move.apply(r)
                        : r);
    }

    private Uni<Void> tell(Burst burst, News news) {
        LOG.warn(burst.run().id(), "Run %s: %s", burst.run().id(), news.message());
        return tried(burst.run().id(), jobs.tell(burst.order(), news)).replaceWithVoid();
    }

    /** Without a pod that explains it, the Job's warnings may. */
    private Uni<String> why(Burst burst, @Nullable String reason) {
        return reason != null
                ? Uni.createFrom().item(reason)
                : tried(burst.run().id(), jobs.warning(burst.order()))
                        .map(found -> found.flatMap(warning -> warning).orElse("it has no pods"));
    }
}
