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
     * @param number 1 for the first attempt on the part
     */
    public Uni<Settlement> attempt(RunId id, Part part, long number) {
        return runs.accepting(id)
                .flatMap(run -> run.isPresent()
                        ? claim(new Attempt(run.get(), part, number))
                        : dropped("its run takes no work now"))
                .onFailure(Permanent.class)
                .recoverWithItem(t -> new Settlement.GivenUp(reason(t)))
                .onFailure()
                .recoverWithItem(Settlement.Retry::new);
    }

    private record Attempt(Run run, Part part, long number) {
        PartIndex index() {
            return PartIndex.open(part);
        }
    }

    private Uni<Settlement> claim(Attempt attempt) {
        return claims.claim(attempt.index().name(attempt.run().id())).flatMap(result -> switch (result) {
            case ClaimAttempt.Absent a -> dropped("it is done");
            case ClaimAttempt.HeldByAnother h -> dropped("another worker has it");
            case ClaimAttempt.Claimed c -> underClaim(attempt, c.claim());
        });
    }

    private Uni<Settlement> underClaim(Attempt attempt, Claim claim) {
        return alreadyCommitted(attempt)
                .flatMap(committed -> committed ? finishOthersWork(attempt, claim) : work(attempt, claim))
                .onFailure()
                .recoverWithUni(failure -> failed(attempt, claim, failure))
                .onTermination()
                .invoke(() -> claims.forget(claim));
    }

    /** A worker may have died between the commit and the deletion of the index; a first attempt saves the question. */
    private Uni<Boolean> alreadyCommitted(Attempt attempt) {
        return attempt.number() == 1
                ? Uni.createFrom().item(false)
                : conclusion.isCommitted(attempt.run().id(), attempt.part());
    }

    private Uni<Settlement> finishOthersWork(Attempt attempt, Claim claim) {
        return conclusion.conclude(attempt.run().id(), attempt.part(), claim);
    }

    private Uni<Settlement> work(Attempt attempt, Claim claim) {
        if (attempt.number() > maxAttempts) {
            return giveUp(attempt, claim, "the workers that had it died " + (attempt.number() - 1) + " times");
        }
        return execution
                .execute(attempt.run(), attempt.part(), claim)
                .flatMap(committed -> conclusion.conclude(attempt.run().id(), committed, claim));
    }

    private Uni<Settlement> failed(Attempt attempt, Claim claim, Throwable failure) {
        if (claims.isStopping()) {
            return claim.release().replaceWith(new Settlement.HandedBack());
        }
        return isFinal(attempt, failure)
                ? giveUp(attempt, claim, reason(failure))
                : claim.release().replaceWith(new Settlement.Retry(failure));
    }

    /** Losing a lease or the storage says nothing about the part. */
    private boolean isFinal(Attempt attempt, Throwable failure) {
        return switch (failure) {
            case Permanent p -> true;
            case FreshetException f when f.code() == FailureCode.COMPUTATION_FAILED -> attempt.number() >= maxAttempts;
            default -> false;
        };
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
