package io.freshet.watcher.reconcile;

import io.freshet.items.MergeIndex;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore.BlobInfo;

import java.util.Optional;
import java.util.function.ToLongFunction;

/** What to do about a merge that has been requested. */
enum FinalizeDecision {
    /** A worker is merging, or is about to. */
    WAIT,
    /** A worker has found that the results can never be merged. */
    FAIL,
    /** Nobody has claimed it for a while: the message may be lost. */
    SEND_AGAIN;

    /** Whether there are results, now that all items are settled. */
    static boolean hasResults(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts ->
                run.itemCount() == 0 || !run.progress().done().isEmpty();
            case Items.Blobs blobs ->
                blobs.owner().isReduced() && run.progress().failed().isEmpty();
        };
    }

    /** Whether the results are those of this execution; a straggler of an earlier one may have written them. */
    static boolean isMerged(Run run, Optional<BlobInfo> results) {
        String generation = Integer.toString(run.dispatch().generation());
        return results.filter(blob -> generation.equals(blob.metadata().get("generation")))
                .isPresent();
    }

    /** Whether the run, read again, is still waiting for these results. */
    static boolean isStillFinalizing(Run run, Optional<Run> now) {
        return now.filter(r -> r.acceptsMerge() && r.isSameExecution(run)).isPresent();
    }

    /**
     * @param index of the merge; gone once the merge is done
     * @param still for how many reconcile intervals the index has been unchanged
     */
    static FinalizeDecision of(Optional<BlobInfo> index, ToLongFunction<BlobInfo> still) {
        if (index.isEmpty() || index.get().leased()) {
            return WAIT;
        }
        if (MergeIndex.of(index.get()).failure() != null) {
            return FAIL;
        }
        return still.applyAsLong(index.get()) > 0 ? SEND_AGAIN : WAIT;
    }
}
