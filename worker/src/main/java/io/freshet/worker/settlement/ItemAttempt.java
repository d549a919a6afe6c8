package io.freshet.worker.settlement;

import io.freshet.items.BlobLayout;
import io.freshet.items.ItemIndex;
import io.freshet.items.ItemLayout;
import io.freshet.items.ItemLayout.Output;
import io.freshet.items.Layouts;
import io.freshet.items.PartLayout;
import io.freshet.items.ResultsBlocks;
import io.freshet.message.WorkMessage.ComputeItem;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.WorkItem;
import io.freshet.run.WorkItem.InputBlob;
import io.freshet.storage.BlobStore;
import io.freshet.telemetry.RunLog;
import io.freshet.worker.WorkerConfig;
import io.freshet.worker.claim.Claim;
import io.freshet.worker.claim.Claims;
import io.freshet.worker.claim.Claims.ClaimAttempt;
import io.freshet.worker.claim.Runs;
import io.freshet.worker.execution.ItemExecution;
import io.freshet.worker.execution.ItemExecution.Committed;
import io.freshet.worker.settlement.FailureVerdict.Attempts;
import io.freshet.worker.settlement.FailureVerdict.Holding;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.util.Optional;

/**
 * One attempt on one item, from claim to settlement. The process may die after any step: what is in storage by then
 * leads to the same result, whoever continues.
 */
@Singleton
public final class ItemAttempt {
    private static final RunLog LOG = RunLog.of(ItemAttempt.class);

    private static final int HANDED_OUT = 3;

    private final Layouts layouts;
    private final Runs runs;
    private final Claims claims;
    private final ItemExecution execution;
    private final ResultsBlocks results;
    private final Announcements announcements;
    private final WorkMetrics metrics;
    private final int maxAttempts;

    ItemAttempt(
            Layouts layouts,
            Runs runs,
            Claims claims,
            ItemExecution execution,
            ResultsBlocks results,
            Announcements announcements,
            WorkMetrics metrics,
            WorkerConfig config) {
        this.layouts = layouts;
        this.runs = runs;
        this.claims = claims;
        this.execution = execution;
        this.results = results;
        this.announcements = announcements;
        this.metrics = metrics;
        this.maxAttempts = config.maxDequeueCount();
    }

    /**
     * Attempts an item that nobody has worked on since the message was sent. Never fails: failures are settlements,
     * too.
     */
    public Uni<Settlement> first(ComputeItem message) {
        ItemIndex index = new ItemIndex(message.item(), message.attempts(), null);
        return attempt(message.run(), run -> claim(new Attempt(run, layouts.of(run), index, index.attempts() > 0)));
    }

    /** Like {@link #first}, if another worker may have worked on the item: looks up the outcome first. */
    public Uni<Settlement> again(ComputeItem message) {
        return attempt(message.run(), run -> lookUp(run, message.item()));
    }

    /**
     * Like {@link #again}, but gives up an item without a lease that was delivered so often that its workers must have
     * died; stopping workers redeliver it as well, so the limit is higher than that of attempts.
     *
     * @param received how often the message was received
     */
    public Uni<Settlement> again(ComputeItem message, long received) {
        return message.item() instanceof InputBlob && received > (long) HANDED_OUT * maxAttempts
                ? attempt(message.run(), run -> abandon(run, message.item(), received))
                : again(message);
    }

    private Uni<Settlement> abandon(Run run, WorkItem item, long received) {
        Attempt attempt = new Attempt(run, layouts.of(run), ItemIndex.open(item), true);
        String reason = "delivered " + received + " times, and no worker finished it";
        return claim(
                attempt,
                claim -> concludeCommitted(attempt, claim)
                        .flatMap(done ->
                                done.isPresent() ? Uni.createFrom().item(done.get()) : giveUp(attempt, claim, reason)));
    }

    private interface WorkUnderClaim {
        Uni<Settlement> on(Claim claim);
    }

    private interface Work {
        Uni<Settlement> on(Run run);
    }

    private Uni<Settlement> attempt(RunId id, Work work) {
        return runs.accepting(id)
                .flatMap(run -> run.isPresent() ? work.on(run.get()) : dropped("its run does not accept work now"))
                .onFailure()
                .recoverWithItem(this::unclaimed);
    }

    /** Without a claim, all that can be done is to keep the message. */
    private Settlement unclaimed(Throwable failure) {
        Attempts none = new Attempts(0, maxAttempts);
        return FailureVerdict.of(failure, none, Holding.NOTHING, claims.isStopping()) == FailureVerdict.HAND_BACK
                ? new Settlement.HandedBack()
                : new Settlement.Retry(failure);
    }

    private Uni<Settlement> lookUp(Run run, WorkItem item) {
        ItemLayout layout = layouts.of(run);
        return layout.find(run, item)
                .flatMap(index -> index.filter(ItemIndex::isOpen).isPresent()
                        ? claim(new Attempt(run, layout, index.get(), true))
                        : dropped("it is settled"));
    }

    private Uni<Settlement> claim(Attempt attempt) {
        return claim(attempt, claim -> underClaim(attempt, claim));
    }

    private Uni<Settlement> claim(Attempt attempt, WorkUnderClaim work) {
        return taken(attempt).flatMap(result -> switch (result) {
            case ClaimAttempt.Absent a -> dropped("it is done");
            case ClaimAttempt.HeldByAnother h -> dropped("another worker has it");
            case ClaimAttempt.Claimed c -> claims.under(c.claim(), work.on(c.claim()));
        });
    }

    private Uni<ClaimAttempt> taken(Attempt attempt) {
        return switch (attempt.layout()) {
            case PartLayout layout -> claims.claim(attempt.claimed());
            case BlobLayout layout -> claims.byMessage(layout.inputs(), attempt.claimed());
        };
    }

    private Uni<Settlement> underClaim(Attempt attempt, Claim claim) {
        Uni<Settlement> work = attempt.repeated() ? repeat(attempt, claim) : work(attempt, claim);
        return work.onFailure().recoverWithUni(failure -> failed(attempt, claim, failure));
    }

    /** A worker may have died between the commit and the deletion of the index, or during the computation. */
    private Uni<Settlement> repeat(Attempt attempt, Claim claim) {
        return concludeCommitted(attempt, claim)
                .flatMap(done -> done.isPresent()
                        ? Uni.createFrom().item(done.get())
                        : record(attempt, attempt.index(), claim).chain(() -> work(attempt, claim)));
    }

    /** The expired lease was evidence of a death; it is taken now, so the attempt has to be recorded. */
    private static Uni<Void> record(Attempt attempt, ItemIndex index, Claim claim) {
        return index.attempts() == 0
                ? Uni.createFrom().voidItem()
                : claim.mark(attempt.layout().metadata(index))
                        .flatMap(marked -> marked
                                ? Uni.createFrom().voidItem()
                                : Uni.createFrom().failure(claim.lost()));
    }

    private Uni<Settlement> work(Attempt attempt, Claim claim) {
        if (attempt.number() > maxAttempts) {
            return giveUp(
                    attempt, claim, "attempted " + attempt.index().attempts() + " times, and the last worker died");
        }
        return execution.execute(
                attempt.run(), attempt.index().item(), claim, committed -> conclude(attempt, committed, claim));
    }

    /** The output was committed by this attempt or by another; then its own counts apply. */
    private Uni<Settlement> conclude(Attempt attempt, Committed committed, Claim claim) {
        return committed.byAnother()
                ? concludeCommitted(attempt, claim)
                        .map(done -> done.orElseGet(() -> new Settlement.Retry(claim.lost())))
                : close(attempt, claim, attempt.written(committed.bytes(), committed.tally()));
    }

    /** Ends an item whose output exists; empty if it does not. */
    private Uni<Optional<Settlement>> concludeCommitted(Attempt attempt, Claim claim) {
        return attempt.layout()
                .outputs()
                .describe(attempt.output())
                .flatMap(output -> output.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : close(attempt, claim, attempt.found(output.get())).map(Optional::of));
    }

    /** The claim ends after everything is written for the item: the deletion of a run waits for that. */
    private Uni<Settlement> close(Attempt attempt, Claim claim, Output output) {
        Uni<Void> headStart = claim.isHeld()
                ? results.headStart(attempt.run(), output)
                : Uni.createFrom().voidItem();
        return headStart
                .chain(claim::complete)
                .flatMap(closed -> closed ? done(attempt, output.tally()) : closedElsewhere(attempt));
    }

    private Uni<Settlement> done(Attempt attempt, Tally tally) {
        metrics.committed(tally);
        return announcements
                .outputCommitted(attempt.layout(), attempt.output(), tally)
                .replaceWith(new Settlement.Done());
    }

    /** Another worker finished it, too, or the run was canceled or deleted: a deleted run keeps nothing. */
    private Uni<Settlement> closedElsewhere(Attempt attempt) {
        BlobStore outputs = attempt.layout().outputs();
        String errors = attempt.layout().errors(attempt.run(), attempt.item());
        return runs.now(attempt.run().id())
                .flatMap(found -> found.isPresent()
                        ? Uni.createFrom().voidItem()
                        : outputs.delete(attempt.output(), null)
                                .chain(() -> outputs.delete(errors, null))
                                .replaceWithVoid())
                .replaceWith(new Settlement.Dropped("it was finished elsewhere"));
    }

    /** A message does not exclude others, so another worker may have finished what failed here. */
    private Uni<Settlement> failed(Attempt attempt, Claim claim, Throwable failure) {
        boolean isShared = attempt.index().item() instanceof InputBlob && !claims.isStopping();
        Uni<Optional<Settlement>> finished =
                isShared ? concludeCommitted(attempt, claim) : Uni.createFrom().item(Optional.empty());
        return finished.flatMap(
                done -> done.isPresent() ? Uni.createFrom().item(done.get()) : judged(attempt, claim, failure));
    }

    private Uni<Settlement> judged(Attempt attempt, Claim claim, Throwable failure) {
        Attempts attempts = new Attempts(attempt.number(), maxAttempts);
        return switch (FailureVerdict.of(failure, attempts, Holding.CLAIM, claims.isStopping())) {
            case HAND_BACK, RETRY -> Uni.createFrom().failure(failure);
            case COUNT_AND_RETRY ->
                record(attempt, attempt.index().attempted(), claim)
                        .chain(() -> Uni.createFrom().failure(failure));
            case GIVE_UP -> giveUp(attempt, claim, reason(failure));
        };
    }

    /** Marks the item as failed, if the claim is still ours. */
    private Uni<Settlement> giveUp(Attempt attempt, Claim claim, String reason) {
        return claim.mark(attempt.layout().metadata(attempt.index().failed(reason)))
                .flatMap(marked -> marked
                        ? claim.release()
                                .chain(() -> givenUp(attempt, reason))
                                .replaceWith(new Settlement.GivenUp(reason))
                        : Uni.createFrom().item(new Settlement.Retry(claim.lost())));
    }

    private Uni<Void> givenUp(Attempt attempt, String reason) {
        RunId run = attempt.run().id();
        String item = attempt.layout().describe(attempt.item());
        LOG.warnOfItem(run, attempt.item(), "Run %s: %s failed for good: %s", run, item, reason);
        return announcements.itemFailed(run, attempt.item(), reason);
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    }

    private static Uni<Settlement> dropped(String why) {
        return Uni.createFrom().item(new Settlement.Dropped(why));
    }
}
