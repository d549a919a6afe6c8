package io.freshet.watcher.reconcile;

import io.freshet.items.MergeIndex;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Gets a run from settled items to results. Usually the results can be committed at once; otherwise a worker merges
 * them under supervision.
 */
@Singleton
final class FinalizeStep implements Step {
    private final BlobStore blobs;
    private final RunStore store;
    private final MergeOrders orders;
    private final Clock clock;
    private final StallDetector stalls;
    private final ResultsCommit commit;
    private final ReducedValue reduced;

    FinalizeStep(
            BlobStore blobs,
            RunStore store,
            MergeOrders orders,
            Clock clock,
            StallDetector stalls,
            ResultsCommit commit,
            ReducedValue reduced) {
        this.blobs = blobs;
        this.store = store;
        this.orders = orders;
        this.clock = clock;
        this.stalls = stalls;
        this.commit = commit;
        this.reduced = reduced;
    }

    @Override
    public Uni<Next> take(Run run) {
        if (!FinalizeDecision.hasResults(run)) {
            return end(run, r -> r.end(clock));
        }
        return blobs.describe(RunFiles.results(run.id()))
                .flatMap(results -> FinalizeDecision.isMerged(run, results)
                        ? Uni.createFrom().item(true)
                        : made(run, results))
                .flatMap(there -> there ? end(run, r -> r.end(clock)) : supervise(run));
    }

    private Uni<Boolean> made(Run run, Optional<BlobInfo> before) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> commit.of(run, before);
            case Items.Blobs items -> reduced.of(run, items, before);
        };
    }

    /** Ends the run, unless another watcher has done so. */
    private Uni<Next> end(Run run, UnaryOperator<Run> ending) {
        return store.update(run.id(), r -> r.state() instanceof RunState.Finalizing ? ending.apply(r) : r)
                .map(Next::go);
    }

    private Uni<Next> supervise(Run run) {
        String index = MergeIndex.name(run.id());
        return blobs.put(index, List.of(), MergeIndex.open().attributes(), Condition.IF_ABSENT)
                .flatMap(written -> written.conflict()
                        ? blobs.describe(index).flatMap(found -> follow(run, found))
                        : store.find(run.id())
                                .flatMap(now ->
                                        FinalizeDecision.isStillFinalizing(run, now) ? send(run) : takeBack(run)));
    }

    /** Another watcher has ended the run since it was read, so the index would be left over. */
    private Uni<Next> takeBack(Run run) {
        return blobs.delete(MergeIndex.name(run.id()), null).replaceWith(Next.done());
    }

    private Uni<Next> follow(Run run, Optional<BlobInfo> index) {
        return switch (FinalizeDecision.of(index, blob -> stalls.intervals(run.id(), blob.lastModified()))) {
            case WAIT -> Uni.createFrom().item(Next.done());
            case FAIL -> end(run, r -> r.failMerge(String.valueOf(failure(index)), clock));
            case SEND_AGAIN -> touch(run).chain(() -> orders.again(run)).replaceWith(Next.done());
        };
    }

    private static @Nullable String failure(Optional<BlobInfo> index) {
        return index.map(blob -> MergeIndex.of(blob).failure()).orElse(null);
    }

    /** Delays the next message by another interval. */
    private Uni<Boolean> touch(Run run) {
        return blobs.setMetadata(MergeIndex.name(run.id()), MergeIndex.open().metadata(), null);
    }

    private Uni<Next> send(Run run) {
        return orders.first(run).replaceWith(Next.done());
    }
}
