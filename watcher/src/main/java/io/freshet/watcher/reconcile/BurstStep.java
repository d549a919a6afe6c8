package io.freshet.watcher.reconcile;

import io.freshet.items.Layouts;
import io.freshet.run.Location;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.watcher.reconcile.BurstWaits.Look;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.stream.Collectors;

/**
 * Makes sure that a bursting run has a working Job, or else that the cluster's workers take over. Whether the run is
 * done is decided by its open items, never by the Job. An unresponsive cluster delays such runs, but no others.
 */
@Singleton
final class BurstStep implements Step {
    /** Leases of dead workers expire within a minute; the run has to be checked by then. */
    private static final Duration NOTHING_TO_CLAIM = Duration.ofSeconds(5);

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final int MOST_COUNTED = 5_000;

    private final BurstJobs jobs;
    private final BurstMoves moves;
    private final BurstWaits waits;
    private final Layouts layouts;

    BurstStep(BurstJobs jobs, BurstMoves moves, BurstWaits waits, Layouts layouts) {
        this.jobs = jobs;
        this.moves = moves;
        this.waits = waits;
        this.layouts = layouts;
    }

    @Override
    public Uni<Next> take(Run run) {
        if (!(run.location() instanceof Location.Burst burst)) {
            return moves.leave(run).replaceWith(() -> Next.go(run));
        }
        BurstOrder order = BurstOrder.of(run, burst);
        return run.state() instanceof RunState.Suspended
                ? rest(order).replaceWith(() -> Next.go(run))
                : supervise(new Burst(run, burst, order));
    }

    /** A bursting run and the Job it needs. */
    record Burst(Run run, Location.Burst where, BurstOrder order) {}

    private Uni<Void> rest(BurstOrder order) {
        return jobs.observe(order) instanceof BurstObservation.Active
                ? moves.tried(order.run(), jobs.suspend(order)).replaceWithVoid()
                : Uni.createFrom().voidItem();
    }

    /** No step follows: messages are for runs that do not burst. */
    private Uni<Next> supervise(Burst burst) {
        if (jobs.obstacle().isPresent()) {
            return moves.fallBack(
                    burst, new BurstDecision.FallBack(jobs.obstacle().get(), false));
        }
        BurstObservation seen = jobs.observe(burst.order());
        boolean overdue = waits.isOver(burst.run().id(), Look.of(burst.run(), seen));
        return switch (BurstDecision.of(seen, overdue)) {
            case BurstDecision.Create d -> create(burst, overdue);
            case BurstDecision.Resume d -> tried(burst, jobs.resume(burst.order()));
            case BurstDecision.Keep d -> Uni.createFrom().item(Next.done());
            case BurstDecision.Wait d -> Uni.createFrom().item(Next.lookAgain(patience(seen)));
            case BurstDecision.Lower d -> moves.lower(burst, d);
            case BurstDecision.FallBack d -> moves.fallBack(burst, d);
            case BurstDecision.Judge d -> judge(burst, d);
        };
    }

    /** Starting pods will be reported; anything else should be known any moment. */
    private Duration patience(BurstObservation seen) {
        return seen instanceof BurstObservation.Active ? waits.lookAgain() : SOON;
    }

    private Uni<Next> tried(Burst burst, Uni<Void> call) {
        return moves.tried(burst.run().id(), call).replaceWith(() -> Next.lookAgain(waits.lookAgain()));
    }

    private Uni<Next> create(Burst burst, boolean overdue) {
        return moves.tried(burst.run().id(), jobs.create(burst.order())).flatMap(answer -> {
            if (answer.isPresent() && answer.get().isPresent()) {
                return moves.fallBack(
                        burst, new BurstDecision.FallBack(answer.get().get(), false));
            }
            return answer.isEmpty() && overdue
                    ? moves.fallBack(burst, new BurstDecision.FallBack("Kubernetes does not respond", false))
                    : Uni.createFrom().item(Next.lookAgain(waits.lookAgain()));
        });
    }

    /** Lists what can be claimed: items in progress, or done but not yet reported, require no action. */
    private Uni<Next> judge(Burst burst, BurstDecision.Judge ended) {
        return layouts.of(burst.run())
                .claimable(burst.run())
                .select()
                .first(MOST_COUNTED)
                .collect()
                .with(Collectors.counting())
                .flatMap(open -> open == 0
                        ? Uni.createFrom().item(Next.lookAgain(NOTHING_TO_CLAIM))
                        : moves.goOn(burst, ended, Math.toIntExact(open)));
    }
}
