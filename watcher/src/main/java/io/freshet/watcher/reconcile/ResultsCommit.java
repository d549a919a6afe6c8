package io.freshet.watcher.reconcile;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.items.ItemLayout.Output;
import io.freshet.items.Layouts;
import io.freshet.items.ResultsBlocks;
import io.freshet.items.ResultsBlocks.Plan;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Written;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Commits results from blocks that workers have staged, without a worker and without moving a byte. Only the block list
 * is trusted: a block that is missing, or differs in length from its output, is copied by the service first.
 */
@Singleton
final class ResultsCommit {
    private static final RunLog LOG = RunLog.of(ResultsCommit.class);
    private static final int AT_ONCE = 16;

    private final BlobStore blobs;
    private final RunStore store;
    private final Layouts layouts;
    private final ResultsBlocks blocks;
    private final int mostBlocks;
    private volatile boolean cannotCopy;

    /** @param mostBlocks maximum number of blocks in a blob; a wider run is merged as a tree by a worker */
    ResultsCommit(
            BlobStore blobs,
            RunStore store,
            Layouts layouts,
            ResultsBlocks blocks,
            @ConfigProperty(name = "freshet.merge.max-blocks", defaultValue = "50000") int mostBlocks) {
        this.blobs = blobs;
        this.store = store;
        this.layouts = layouts;
        this.blocks = blocks;
        this.mostBlocks = mostBlocks;
    }

    /**
     * True if the results of this execution are in storage afterwards; false if a worker has to merge them.
     *
     * @param before the existing results, if any
     */
    Uni<Boolean> of(Run run, Optional<BlobInfo> before) {
        if (cannotCopy || run.itemCount() > mostBlocks) {
            return Uni.createFrom().item(false);
        }
        return outputs(run)
                .flatMap(outputs -> plan(run, outputs))
                .flatMap(plan -> plan.isEmpty() ? Uni.createFrom().item(false) : carryOut(run, plan.get(), before))
                .onFailure(Permanent.class)
                .recoverWithUni(failure -> failed(run, failure));
    }

    /** The outputs of all items that are done, in order. */
    private Uni<List<Output>> outputs(Run run) {
        return layouts.of(run)
                .outputs(run)
                .filter(output -> run.progress().done().contains(output.item()))
                .collect()
                .asMap(Output::item)
                .map(found -> run.progress()
                        .done()
                        .items()
                        .mapToObj(found::get)
                        .flatMap(output -> Optional.ofNullable(output).stream())
                        .toList());
    }

    private Uni<Optional<Plan>> plan(Run run, List<Output> outputs) {
        boolean complete = outputs.size() == run.progress().done().size();
        return complete
                ? blobs.blockList(RunFiles.results(run.id())).map(there -> ResultsBlocks.plan(outputs, there))
                : Uni.createFrom().item(Optional.empty());
    }

    private Uni<Boolean> carryOut(Run run, Plan plan, Optional<BlobInfo> before) {
        return stage(run, plan)
                .chain(() -> store.find(run.id()))
                .flatMap(now -> FinalizeDecision.isStillFinalizing(run, now)
                        ? commit(run, plan, before)
                        : Uni.createFrom().item(true));
    }

    private Uni<Void> stage(Run run, Plan plan) {
        return Multi.createFrom()
                .iterable(plan.missing())
                .onItem()
                .transformToUni(output -> blocks.stage(run.id(), output))
                .merge(AT_ONCE)
                .onItem()
                .ignoreAsUni()
                .invoke(() -> LOG.info(
                        run.id(),
                        "Results of run %s: %d blocks, of which %d had to be copied",
                        run.id(),
                        plan.blockIds().size(),
                        plan.missing().size()));
    }

    private Uni<Boolean> commit(Run run, Plan plan, Optional<BlobInfo> before) {
        String results = RunFiles.results(run.id());
        Condition unchanged = before.<Condition>map(blob -> new Condition.IfMatch(blob.etag()))
                .orElse(Condition.IF_ABSENT);
        Attributes attributes = new Attributes(
                "application/x-ndjson",
                Map.of("generation", Integer.toString(run.dispatch().generation())));
        Uni<Written> written = plan.blockIds().isEmpty()
                ? blobs.put(results, List.of(), attributes, unchanged)
                : blobs.commitBlocks(results, plan.blockIds(), attributes, unchanged);
        return written.flatMap(answer -> answer.conflict() ? isThere(run) : takenBackIfGone(run));
    }

    /** Another watcher may have been faster, or the response to our own commit was lost. */
    private Uni<Boolean> isThere(Run run) {
        return blobs.describe(RunFiles.results(run.id())).map(results -> FinalizeDecision.isMerged(run, results));
    }

    /** Removes the results if another watcher has just removed the run. */
    private Uni<Boolean> takenBackIfGone(Run run) {
        return store.find(run.id())
                .flatMap(now -> now.isPresent()
                        ? Uni.createFrom().item(true)
                        : blobs.delete(RunFiles.results(run.id()), null).replaceWith(true));
    }

    /** The service cannot copy, or another commit has dropped blocks; unless results exist, a worker merges. */
    private Uni<Boolean> failed(Run run, Throwable failure) {
        cannotCopy = FreshetException.is(failure, FailureCode.NOT_SUPPORTED);
        LOG.debug(run.id(), "Results of run %s were not committed here: %s", run.id(), failure.getMessage());
        return isThere(run);
    }
}
