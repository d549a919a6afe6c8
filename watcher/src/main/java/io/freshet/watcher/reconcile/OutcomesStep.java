package io.freshet.watcher.reconcile;

import io.freshet.items.ItemIndex;
import io.freshet.items.Layouts;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemSet;
import io.freshet.run.Run;
import io.freshet.storage.RunStore;
import io.freshet.watcher.reconcile.StallDetector.Movement;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Finds outcomes that events have missed: unreported outputs and failures. It lists everything that is open, so it runs
 * on suspicion only.
 */
@Singleton
final class OutcomesStep implements Step {
    private final Layouts layouts;
    private final RunStore store;
    private final Clock clock;
    private final StallDetector stalls;

    OutcomesStep(Layouts layouts, RunStore store, Clock clock, StallDetector stalls) {
        this.layouts = layouts;
        this.store = store;
        this.clock = clock;
        this.stalls = stalls;
    }

    @Override
    public Uni<Next> take(Run run) {
        boolean suspicious = stalls.suspects(run.id(), Movement.of(run));
        return (StallDecision.mayHaveMissedOutcomes(run, suspicious)
                        ? survey(run)
                        : Uni.createFrom().item(run))
                .map(Next::go);
    }

    /** The run, updated with what storage knows about its items. */
    private Uni<Run> survey(Run run) {
        return indexes(run).flatMap(seen -> outcomes(run, seen)).flatMap(outcomes -> write(run, outcomes));
    }

    private Uni<Run> write(Run run, List<ItemOutcome> outcomes) {
        return outcomes.isEmpty()
                ? Uni.createFrom().item(run)
                : store.update(run.id(), now -> now.isSameExecution(run) ? now.apply(outcomes, clock) : now);
    }

    private static final class Seen {
        private final BitSet open = new BitSet();
        private final List<ItemOutcome> failed = new ArrayList<>();

        void add(ItemIndex index) {
            open.set(index.item().item());
            if (index.failure() != null) {
                failed.add(new ItemOutcome.Failed(index.item().item(), index.failure()));
            }
        }
    }

    private Uni<Seen> indexes(Run run) {
        return layouts.of(run).indexes(run).collect().in(Seen::new, Seen::add);
    }

    private Uni<List<ItemOutcome>> outcomes(Run run, Seen seen) {
        ItemSet closed = ItemSet.first(run.itemCount())
                .minus(run.progress().done())
                .minus(run.progress().failed())
                .minus(ItemSet.collect(seen.open.stream()));
        return closed.isEmpty()
                ? Uni.createFrom().item(seen.failed)
                : unreported(run, closed).collect().asList().map(done -> joined(seen.failed, done));
    }

    /** Outputs are listed only if an index blob is gone whose item is not known to be done. */
    private Multi<ItemOutcome> unreported(Run run, ItemSet closed) {
        return layouts.of(run)
                .outputs(run)
                .filter(output -> closed.contains(output.item()))
                .map(output -> new ItemOutcome.Done(output.item(), output.tally()));
    }

    private static List<ItemOutcome> joined(List<ItemOutcome> first, List<ItemOutcome> second) {
        List<ItemOutcome> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
