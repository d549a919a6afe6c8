package io.freshet.worker.settlement;

import io.freshet.run.Part;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Deletion;
import io.freshet.storage.OutputType;
import io.freshet.storage.PartIndex;
import io.freshet.storage.RunFiles;
import io.freshet.telemetry.RunLog;
import io.freshet.worker.claim.Claim;
import io.freshet.worker.claim.Runs;
import io.freshet.worker.execution.CommittedPart;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.util.Optional;

/** Ends a part: its index blob goes once its output is there, or says why it failed. */
@Singleton
public final class Conclusion {
    private static final RunLog LOG = RunLog.of(Conclusion.class);

    private final BlobStore blobs;
    private final Runs runs;
    private final Announcements announcements;
    private final WorkMetrics metrics;

    Conclusion(BlobStore blobs, Runs runs, Announcements announcements, WorkMetrics metrics) {
        this.blobs = blobs;
        this.runs = runs;
        this.announcements = announcements;
        this.metrics = metrics;
    }

    /** The part's output was committed: here, or by someone else, and then what it says of itself counts. */
    Uni<Settlement> conclude(RunId run, CommittedPart committed, Claim claim) {
        return committed.byAnother()
                ? concludeCommitted(run, committed.part(), claim)
                        .map(done -> done.orElseGet(() -> new Settlement.Retry(claim.lost())))
                : dropIndex(run, committed.part(), claim, committed.type());
    }

    /** Ends a part whose output is there already; nothing if it is not. */
    Uni<Optional<Settlement>> concludeCommitted(RunId run, Part part, Claim claim) {
        return blobs.describe(RunFiles.output(run, part.number()))
                .flatMap(output -> output.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : dropIndex(run, part, claim, typeOf(output.get(), part))
                                .map(Optional::of));
    }

    private static OutputType typeOf(BlobInfo output, Part part) {
        OutputType counted = OutputType.parse(output.contentType());
        return counted == null ? new OutputType(part.lines(), 0) : counted;
    }

    private Uni<Settlement> dropIndex(RunId run, Part part, Claim claim, OutputType type) {
        return claim.complete()
                .flatMap(deletion -> deletion == Deletion.ABSENT ? whenIndexIsGone(run, part) : done(run, part, type));
    }

    private Uni<Settlement> done(RunId run, Part part, OutputType type) {
        metrics.committed(type);
        return announcements.outputCommitted(run, part, type).replaceWith(new Settlement.Done());
    }

    /** Somebody finished it as we did, or canceled or deleted the run: a deleted run keeps nothing. */
    private Uni<Settlement> whenIndexIsGone(RunId run, Part part) {
        return runs.now(run)
                .flatMap(found -> found.isPresent()
                        ? Uni.createFrom().voidItem()
                        : blobs.delete(RunFiles.output(run, part.number()), null)
                                .chain(() -> blobs.delete(RunFiles.errors(run, part.number()), null))
                                .replaceWithVoid())
                .replaceWith(new Settlement.Dropped("it was finished elsewhere"));
    }

    /** Marks the part as failed; without the claim that is not ours to say. */
    Uni<Settlement> giveUp(RunId run, PartIndex failed, Claim claim) {
        String reason = String.valueOf(failed.failure());
        return claim.mark(failed.metadata()).flatMap(marked -> {
            if (!marked) {
                return Uni.createFrom().item(new Settlement.Retry(claim.lost()));
            }
            LOG.warnOfPart(
                    run,
                    failed.part().number(),
                    "Part %d of run %s failed for good: %s",
                    failed.part().number(),
                    run,
                    reason);
            return claim.release()
                    .chain(() -> announcements.partFailed(run, failed.part(), reason))
                    .replaceWith(new Settlement.GivenUp(reason));
        });
    }
}
