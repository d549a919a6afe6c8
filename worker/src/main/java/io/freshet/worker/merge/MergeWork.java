package io.freshet.worker.merge;

import io.freshet.coordination.Reduction;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.items.Layouts;
import io.freshet.items.MergeIndex;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.freshet.telemetry.RunLog;
import io.freshet.worker.claim.Claim;
import io.freshet.worker.claim.Claims;
import io.freshet.worker.claim.Claims.ClaimAttempt;
import io.freshet.worker.claim.Runs;
import io.freshet.worker.merge.Concatenation.Target;
import io.freshet.worker.merge.MergePlan.Range;
import io.freshet.worker.merge.MergePlan.Source;
import io.freshet.worker.settlement.Announcements;
import io.freshet.worker.settlement.Settlement;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Merges the outputs of a run in order. It can be abandoned at any point and restarted: the results appear as a whole
 * and carry their execution, so that a straggler of an earlier one is recognised.
 */
@Singleton
public final class MergeWork {
    private static final RunLog LOG = RunLog.of(MergeWork.class);

    private final BlobStore blobs;
    private final Layouts layouts;
    private final Runs runs;
    private final Claims claims;
    private final Announcements announcements;
    private final MergeLimits limits;
    private final Reduction reduction;

    MergeWork(
            BlobStore blobs,
            Layouts layouts,
            Runs runs,
            Claims claims,
            Announcements announcements,
            MergeLimits limits,
            Reduction reduction) {
        this.blobs = blobs;
        this.layouts = layouts;
        this.runs = runs;
        this.claims = claims;
        this.announcements = announcements;
        this.limits = limits;
        this.reduction = reduction;
    }

    /**
     * Never fails: failures are settlements, too.
     *
     * @param generation execution of the run to merge
     */
    public Uni<Settlement> attempt(RunId id, int generation) {
        return runs.now(id)
                .flatMap(run -> isWanted(run, generation) ? claim(run.get()) : dropped("its merge is not due"))
                .onFailure(t -> claims.isStopping())
                .recoverWithItem(Settlement.HandedBack::new)
                .onFailure()
                .recoverWithItem(Settlement.Retry::new);
    }

    private static boolean isWanted(Optional<Run> run, int generation) {
        return run.filter(Run::acceptsMerge)
                .filter(r -> r.dispatch().generation() == generation)
                .isPresent();
    }

    private Uni<Settlement> claim(Run run) {
        return claims.claim(MergeIndex.name(run.id())).flatMap(result -> switch (result) {
            case ClaimAttempt.Absent a -> dropped("it is done");
            case ClaimAttempt.HeldByAnother h -> dropped("another worker has it");
            case ClaimAttempt.Claimed c -> underClaim(run, c.claim());
        });
    }

    private Uni<Settlement> underClaim(Run run, Claim claim) {
        return claims.under(
                claim,
                merge(run, claim)
                        .chain(claim::complete)
                        .chain(() -> announcements.resultsCommitted(run.id()))
                        .<Settlement>replaceWith(new Settlement.Done())
                        .onFailure()
                        .recoverWithUni(failure -> failed(run, claim, failure)));
    }

    private Uni<Settlement> failed(Run run, Claim claim, Throwable failure) {
        return failure instanceof Permanent && !claims.isStopping()
                ? giveUp(run, claim, String.valueOf(failure.getMessage()))
                : Uni.createFrom().failure(failure);
    }

    /** The watcher reads the reason from the index blob and ends the run. */
    private Uni<Settlement> giveUp(Run run, Claim claim, String reason) {
        LOG.error(run.id(), "The results of run %s cannot be merged: %s", run.id(), reason);
        return claim.mark(MergeIndex.failed(reason).metadata())
                .chain(claim::release)
                .chain(() -> announcements.runChanged(run.id()))
                .replaceWith(new Settlement.GivenUp(reason));
    }

    private Uni<Void> merge(Run run, Claim claim) {
        return blobs.describe(RunFiles.results(run.id())).flatMap(existing -> {
            if (existing.filter(
                            results -> generationOf(results) == run.dispatch().generation())
                    .isPresent()) {
                return Uni.createFrom().voidItem();
            }
            Condition unchanged = existing.<Condition>map(results -> new Condition.IfMatch(results.etag()))
                    .orElse(Condition.IF_ABSENT);
            return switch (run.spec().items()) {
                case Items.Parts parts ->
                    outputs(run).flatMap(outputs -> write(run, outputs, new Step(claim, unchanged, 0)));
                case Items.Blobs items -> reduce(run, items, new Step(claim, unchanged, 0));
            };
        });
    }

    private Uni<Void> reduce(Run run, Items.Blobs items, Step step) {
        return reduction
                .value(run, items)
                .flatMap(value -> blobs.put(
                        RunFiles.results(run.id()),
                        List.of(StandardCharsets.UTF_8.encode(value.toString())),
                        attributes(run),
                        step.condition()))
                .flatMap(written -> written.conflict()
                        ? Uni.createFrom().failure(step.claim().lost())
                        : Uni.createFrom().voidItem());
    }

    /** @param groups number of groups so far */
    private record Step(Claim claim, Condition condition, int groups) {
        Step after(int more) {
            return new Step(claim, condition, groups + more);
        }
    }

    private Uni<Void> write(Run run, List<Source> outputs, Step step) {
        List<Range> ranges = MergePlan.ranges(outputs, limits.maxBlockBytes());
        LOG.info(
                run.id(), "Merging %d outputs of run %s, %d bytes", outputs.size(), run.id(), MergePlan.length(ranges));
        Target results = new Target(RunFiles.results(run.id()), attributes(run), step.condition());
        return narrowed(run, ranges, step)
                .flatMap(few -> new Concatenation(blobs, step.claim(), results, limits).of(few))
                .flatMap(written -> written.conflict()
                        ? Uni.createFrom().failure(step.claim().lost())
                        : Uni.createFrom().voidItem());
    }

    /**
     * If more blocks are needed than a blob may have, outputs are merged in groups first, and those again: a tree of
     * any depth.
     */
    private Uni<List<Range>> narrowed(Run run, List<Range> ranges, Step step) {
        if (Concatenation.blocks(ranges, limits).size() <= limits.maxBlocks()) {
            return Uni.createFrom().item(ranges);
        }
        List<List<Range>> groups = MergePlan.groups(ranges, limits.maxBlocks());
        return Multi.createFrom()
                .range(0, groups.size())
                .onItem()
                .transformToUniAndConcatenate(i -> group(run, step.groups() + i, groups.get(i), step))
                .collect()
                .asList()
                .map(sources -> MergePlan.ranges(sources, limits.maxBlockBytes()))
                .flatMap(fewer -> fewer.size() < ranges.size()
                        ? narrowed(run, fewer, step.after(groups.size()))
                        : Uni.createFrom().failure(tooLarge(run, MergePlan.length(ranges))));
    }

    private Uni<Source> group(Run run, int number, List<Range> ranges, Step step) {
        String blob = MergeIndex.group(run.id(), run.dispatch().generation(), number);
        Target target = new Target(blob, attributes(run), Condition.ALWAYS);
        return new Concatenation(blobs, step.claim(), target, limits)
                .of(ranges)
                .replaceWith(() -> new Source(blob, MergePlan.length(ranges)));
    }

    /** The outputs of all items that are done, by number, whatever order the listing has. */
    private Uni<List<Source>> outputs(Run run) {
        Source[] byItem = new Source[run.itemCount()];
        return layouts.of(run)
                .outputs(run)
                .filter(output -> run.progress().done().contains(output.item()))
                .invoke(output -> byItem[output.item()] = new Source(output.blob(), output.length()))
                .collect()
                .last()
                .map(last -> inOrder(run, byItem));
    }

    private List<Source> inOrder(Run run, Source[] byItem) {
        List<Source> outputs = new ArrayList<>(run.progress().done().size());
        run.progress().done().items().forEach(item -> {
            if (byItem[item] == null) {
                throw missing(run, item);
            }
            outputs.add(byItem[item]);
        });
        return outputs;
    }

    /** The output of an item that is done has been removed. */
    private Permanent missing(Run run, int item) {
        return new Permanent(
                FailureCode.NOT_FOUND,
                "The output of " + layouts.of(run).describe(item) + " of run " + run.id() + " is no longer in storage");
    }

    /** The outputs need more blocks than a blob may have, and merging them in groups does not reduce their number. */
    private static Permanent tooLarge(Run run, long bytes) {
        return new Permanent(
                FailureCode.STORAGE_REFUSED,
                "The results of run " + run.id() + " are too large for one blob: " + bytes + " bytes");
    }

    private static int generationOf(BlobInfo results) {
        return Integer.parseInt(results.metadata().getOrDefault("generation", "0"));
    }

    private static Attributes attributes(Run run) {
        return new Attributes(
                "application/x-ndjson",
                Map.of("generation", Integer.toString(run.dispatch().generation())));
    }

    private static Uni<Settlement> dropped(String why) {
        return Uni.createFrom().item(new Settlement.Dropped(why));
    }
}
