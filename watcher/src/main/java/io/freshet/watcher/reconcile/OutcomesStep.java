package io.freshet.watcher.reconcile;

import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemSet;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Listings;
import io.freshet.storage.OutputType;
import io.freshet.storage.PartIndex;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Looks for what events should have told: outputs that nobody reported, parts that failed unheard. It lists all that is
 * open, so it is done on suspicion only.
 */
@Singleton
final class OutcomesStep implements Step {
    private final BlobStore blobs;
    private final RunStore store;
    private final Clock clock;
    private final StallDetector stalls;

    OutcomesStep(BlobStore blobs, RunStore store, Clock clock, StallDetector stalls) {
        this.blobs = blobs;
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

    /** The run with everything that storage knows of its items. */
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

        void add(PartIndex index) {
            open.set(index.part().item());
            if (index.failure() != null) {
                failed.add(new ItemOutcome.Failed(index.part().item(), index.failure()));
            }
        }
    }

    private Uni<Seen> indexes(Run run) {
        return Listings.blobs(blobs, RunFiles.indexes(run.id()), Detail.WITH_METADATA)
                .map(PartIndex::of)
                .filter(index -> index != null)
                .collect()
                .in(Seen::new, Seen::add);
    }

    private Uni<List<ItemOutcome>> outcomes(Run run, Seen seen) {
        ItemSet closed = ItemSet.first(run.size().items())
                .minus(run.progress().done())
                .minus(run.progress().failed())
                .minus(ItemSet.collect(seen.open.stream()));
        return closed.isEmpty()
                ? Uni.createFrom().item(seen.failed)
                : unreported(run, closed).collect().asList().map(done -> joined(seen.failed, done));
    }

    /** Only when an index blob is gone and its item is not known to be done are the outputs listed. */
    private Multi<ItemOutcome> unreported(Run run, ItemSet closed) {
        return Listings.blobs(blobs, RunFiles.outputs(run.id()), Detail.PLAIN)
                .onItem()
                .transformToIterable(OutcomesStep::outcome)
                .filter(outcome -> closed.contains(outcome.item()));
    }

    private static List<ItemOutcome> outcome(BlobInfo blob) {
        RunFiles.OutputName name = RunFiles.parseOutput(blob.name());
        return name == null
                ? List.of()
                : List.of(OutputType.of(blob.contentType()).outcome(name.part()));
    }

    private static List<ItemOutcome> joined(List<ItemOutcome> first, List<ItemOutcome> second) {
        List<ItemOutcome> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
