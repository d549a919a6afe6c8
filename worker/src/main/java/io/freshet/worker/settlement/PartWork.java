package io.freshet.worker.settlement;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.run.Part;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.PartIndex;
import io.freshet.worker.claim.Claim;
import io.freshet.worker.claim.ClaimAttempt;
import io.freshet.worker.claim.Claims;
import io.freshet.worker.claim.Runs;
import io.freshet.worker.claim.WorkerConfig;
import io.freshet.worker.execution.PartExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/**
 * One attempt on one part, from claim to settlement. Every step may be the last one of this process: what is in
 * storage by then leads to the same end, whoever goes on.
 */
@Singleton
public final class PartWork {
    private final Runs runs;
    private final Claims claims;
    private final PartExecution execution;
    private final Conclusion conclusion;
    private final int maxAttempts;

    PartWork(Runs runs, Claims claims, PartExecution execution, Conclusion conclusion, WorkerConfig config) {
        this.runs = runs;
        this.claims = claims;
        this.execution = execution;
        this.conclusion = conclusion;
        this.maxAttempts = config.maxDequeueCount();
    }

    /**
     * Never fails: a failure is a settlement too.
     *
     * @param index what is known of the part without asking
     */
    public Uni<Settlement> attempt(RunId id, PartIndex index) {
        return settled(runs.accepting(id)
                .flatMap(run -> run.isPresent()
                        ? claim(new Attempt(run.get(), index, index.attempts() > 0))
                        : dropped("its run takes no work now")));
    }

    /** As {@link #attempt}, after somebody may have worked on the part: what became of that is looked up first. */
    public Uni<Settlement> attemptAgain(RunId id, Part part) {
        return settled(runs.accepting(id)
                .flatMap(run -> run.isPresent() ? again(run.get(), part) : dropped("its run takes no work now")));
    }

    private Uni<Settlement> settled(Uni<Settlement> attempt) {
        return attempt.onFailure(t -> claims.isStopping())
                .recoverWithItem(Settlement.HandedBack::new)
                .onFailure(Permanent.class)
                .recoverWithItem(t -> new Settlement.GivenUp(reason(t)))
                .onFailure()
                .recoverWithItem(Settlement.Retry::new);
    }

    /** @param repeated whether an earlier attempt may have left something */
    private record Attempt(Run run, PartIndex index, boolean repeated) {
        int number() {
            return index.attempts() + 1;
        }
    }

    private Uni<Settlement> again(Run run, Part part) {
        return claims.lookUp(PartIndex.open(part).name(run.id()))
                .flatMap(index -> index.filter(i -> i.failure() == null).isPresent()
                        ? claim(new Attempt(run, index.get(), true))
                        : dropped("it is settled"));
    }

    private Uni<Settlement> claim(Attempt attempt) {
        return claims.claim(attempt.index().name(attempt.run().id())).flatMap(result -> switch (result) {
            case ClaimAttempt.Absent a -> dropped("it is done");
            case ClaimAttempt.HeldByAnother h -> dropped("another worker has it");
            case ClaimAttempt.Claimed c -> underClaim(attempt, c.claim());
        });
    }

    private Uni<Settlement> underClaim(Attempt attempt, Claim claim) {
        Uni<Settlement> work = attempt.repeated() ? repeat(attempt, claim) : work(attempt, claim);
        return claims.under(claim, work.onFailure().recoverWithUni(failure -> failed(attempt, claim, failure)));
    }

    /** A worker may have died between the commit and the deletion of the index, or in the middle of the work. */
    private Uni<Settlement> repeat(Attempt attempt, Claim claim) {
        return conclusion
                .concludeCommitted(attempt.run().id(), attempt.index().part(), claim)
                .flatMap(done -> done.isPresent()
                        ? Uni.createFrom().item(done.get())
                        : record(attempt.index(), claim).chain(() -> work(attempt, claim)));
    }

    /** The lease that ran out told of a death; it is taken now and tells no more. */
    private static Uni<Void> record(PartIndex index, Claim claim) {
        return index.attempts() == 0
                ? Uni.createFrom().voidItem()
                : claim.mark(index.metadata())
                        .flatMap(marked -> marked
                                ? Uni.createFrom().voidItem()
                                : Uni.createFrom().failure(claim.lost()));
    }

    private Uni<Settlement> work(Attempt attempt, Claim claim) {
        if (attempt.number() > maxAttempts) {
            return giveUp(attempt, claim, "tried " + attempt.index().attempts() + " times, and the last worker died");
        }
        return execution
                .execute(attempt.run(), attempt.index().part(), claim)
                .flatMap(committed -> conclusion.conclude(attempt.run().id(), committed, claim));
    }

    private Uni<Settlement> failed(Attempt attempt, Claim claim, Throwable failure) {
        if (claims.isStopping()) {
            return Uni.createFrom().failure(failure);
        }
        return switch (failure) {
            case Permanent p -> giveUp(attempt, claim, reason(p));
            case FreshetException f when f.code() == FailureCode.COMPUTATION_FAILED -> unsuccessful(attempt, claim, f);
            // losing a lease or the storage says nothing about the part
            default -> Uni.createFrom().failure(failure);
        };
    }

    private Uni<Settlement> unsuccessful(Attempt attempt, Claim claim, FreshetException failure) {
        return attempt.number() >= maxAttempts
                ? giveUp(attempt, claim, reason(failure))
                : record(attempt.index().attempted(), claim)
                        .chain(() -> Uni.createFrom().failure(failure));
    }

    private Uni<Settlement> giveUp(Attempt attempt, Claim claim, String reason) {
        return conclusion.giveUp(attempt.run().id(), attempt.index().failed(reason), claim);
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getName() : failure.getMessage();
    }

    private static Uni<Settlement> dropped(String why) {
        return Uni.createFrom().item(new Settlement.Dropped(why));
    }
}
