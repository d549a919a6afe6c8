package io.freshet.watcher.reconcile;

import io.freshet.items.MergeIndex;
import io.freshet.message.WorkMessage;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** From "all parts are settled" to "the results are there": a worker merges, we see to it that one does. */
@Singleton
final class Merging {
    private final BlobStore blobs;
    private final RunStore store;
    private final WorkOutbox outbox;
    private final Clock clock;
    private final Stillness stillness;

    Merging(BlobStore blobs, RunStore store, WorkOutbox outbox, Clock clock, Stillness stillness) {
        this.blobs = blobs;
        this.store = store;
        this.outbox = outbox;
        this.clock = clock;
        this.stillness = stillness;
    }

    Uni<Run> settle(Run run) {
        return store.update(run.id(), r -> r.acceptsWork() && r.isSettled() ? r.settle(clock) : r);
    }

    /** The run, ended if its results are there or can never be. */
    Uni<Run> of(Run run) {
        if (run.progress().done().isEmpty() && run.itemCount() > 0) {
            return end(run, r -> r.end(clock));
        }
        return blobs.describe(RunFiles.results(run.id()))
                .flatMap(results -> isMerged(run, results) ? end(run, r -> r.end(clock)) : supervise(run));
    }

    private static boolean isMerged(Run run, Optional<BlobInfo> results) {
        String generation = Integer.toString(run.dispatch().generation());
        return results.filter(blob -> generation.equals(blob.metadata().get("generation")))
                .isPresent();
    }

    private Uni<Run> end(Run run, UnaryOperator<Run> ending) {
        return store.update(run.id(), r -> r.state() instanceof RunState.Finalizing ? ending.apply(r) : r);
    }

    private Uni<Run> supervise(Run run) {
        String index = MergeIndex.name(run.id());
        return blobs.put(index, List.of(), MergeIndex.open().attributes(), Condition.IF_ABSENT)
                .flatMap(written -> written.conflict()
                        ? blobs.describe(index).flatMap(found -> waitingFor(run, found))
                        : store.find(run.id()).flatMap(now -> isStillMerging(run, now) ? send(run) : takeBack(run)));
    }

    /** Another watcher may have ended the run since we read it: its index would be left over. */
    private static boolean isStillMerging(Run run, Optional<Run> now) {
        return now.filter(r -> r.state() instanceof RunState.Finalizing && r.isSameExecution(run))
                .isPresent();
    }

    private Uni<Run> takeBack(Run run) {
        return blobs.delete(MergeIndex.name(run.id()), null).replaceWith(run);
    }

    private Uni<Run> waitingFor(Run run, Optional<BlobInfo> index) {
        if (index.isEmpty() || index.get().leased()) {
            return Uni.createFrom().item(run);
        }
        String failure = MergeIndex.of(index.get()).failure();
        if (failure != null) {
            return end(run, r -> r.failMerge(failure, clock));
        }
        boolean overdue = stillness.intervals(run.id(), index.get().lastModified()) > 0;
        return overdue ? touch(run).chain(() -> send(run)) : Uni.createFrom().item(run);
    }

    /** So that the next message is not sent before another interval. */
    private Uni<Boolean> touch(Run run) {
        return blobs.setMetadata(MergeIndex.name(run.id()), MergeIndex.open().metadata(), null);
    }

    private Uni<Run> send(Run run) {
        return outbox.send(new WorkMessage.MergeResults(run.id(), run.dispatch().generation()))
                .replaceWith(run);
    }
}
