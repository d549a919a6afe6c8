package io.freshet.gateway.jobs;

import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.queue.WatcherNotifier;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.IdempotencyRecords;
import io.freshet.storage.IdempotencyRecords.IdempotencyRecord;
import io.freshet.storage.RunStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;

/**
 * The moment at which a run comes into being. With an idempotency key, the record of the key holds the whole run: whoever
 * comes second with the key can finish what the first one left undone.
 */
@Singleton
final class Release {
    private final RunStore runs;
    private final IdempotencyRecords records;
    private final SubmissionStore submissions;
    private final WatcherNotifier watcher;

    Release(
            RunStore runs,
            IdempotencyRecords records,
            SubmissionStore submissions,
            @Channel("control") MutinyEmitter<String> control) {
        this.runs = runs;
        this.records = records;
        this.submissions = submissions;
        this.watcher = new WatcherNotifier(control::send);
    }

    /**
     * Returns the id of the run that stands for this request: this one, or the one that its key led to before. Once it is
     * marked active, the watcher looks after the run. Once the key's record names a run, its blobs stay even if its
     * release fails: the next request with the key goes on from there.
     *
     * @param fingerprint of everything that the client sent
     */
    Uni<RunId> release(Run run, String fingerprint) {
        String key = run.spec().idempotencyKey();
        Uni<Void> marked = runs.markActive(run.id());
        if (key == null) {
            return marked.chain(() -> create(run)).onFailure().call(() -> submissions.discard(run.id()));
        }
        return marked.onFailure()
                .call(() -> submissions.discard(run.id()))
                .chain(() -> records.claim(key, new IdempotencyRecord(fingerprint, run)))
                .flatMap(holder -> holder.run().id().equals(run.id())
                        ? create(run)
                        : submissions.discard(run.id()).chain(() -> earlier(holder, fingerprint)));
    }

    private Uni<RunId> earlier(IdempotencyRecord holder, String request) {
        if (!holder.request().equals(request)) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_REUSED,
                    "This Idempotency-Key was used for job " + holder.run().id()
                            + " with another body or other parameters: use a new key");
        }
        return create(holder.run());
    }

    /** A lost message delays the run until the watcher looks around; that is no reason to refuse the job. */
    private Uni<RunId> create(Run run) {
        return runs.create(run)
                .chain(() -> watcher.runChanged(run.id()))
                .chain(() -> forgetUpload(run.id()))
                .replaceWith(run.id());
    }

    /** A marker left beside a run does no harm: the watcher removes it. */
    private Uni<Void> forgetUpload(RunId id) {
        return runs.unmarkUploading(id).onFailure().recoverWithNull();
    }
}
