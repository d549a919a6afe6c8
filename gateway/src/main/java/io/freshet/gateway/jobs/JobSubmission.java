package io.freshet.gateway.jobs;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.jobs.InputSource.Input;
import io.freshet.gateway.jobs.InputSource.StoredInput;
import io.freshet.gateway.jobs.SubmissionStore.Submission;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

import java.time.Clock;

/**
 * Creates a job in two phases: first everything it needs is committed (the input, then an index blob for each part), then
 * its document releases it. A submission that ends before that never runs and leaves nothing behind; if this process dies,
 * the watcher sweeps up.
 */
@Singleton
final class JobSubmission {
    private static final RunLog LOG = RunLog.of(JobSubmission.class);

    private final UploadSource uploads;
    private final ReferenceSource references;
    private final SubmissionStore store;
    private final Release release;
    private final JobsConfig config;
    private final Clock clock;

    JobSubmission(
            UploadSource uploads,
            ReferenceSource references,
            SubmissionStore store,
            Release release,
            JobsConfig config,
            Clock clock) {
        this.uploads = uploads;
        this.references = references;
        this.store = store;
        this.release = release;
        this.config = config;
        this.clock = clock;
    }

    /**
     * Stores the input and releases its run. Returns the id of the run, which is an earlier one's if the idempotency key
     * is known. Cancelling removes everything that was stored, as a failure does, but does not stop a release that has
     * begun. Call on the request's event loop.
     */
    Uni<RunId> submit(JobParameters parameters, HttpServerRequest request, Caller caller) {
        JobRequest job = parameters.read(config, caller);
        InputSource source = ReferenceSource.isSentIn(request) ? references : uploads;
        Context context = Vertx.currentContext();
        request.pause();
        return source.admit(request, job)
                .flatMap(input -> submit(job, input))
                .onFailure()
                .invoke(() -> context.runOnContext(x -> linger(request, context)));
    }

    private Uni<RunId> submit(JobRequest job, Input input) {
        return store.open()
                .flatMap(submission -> bring(input, submission).flatMap(stored -> release(submission, job, stored)));
    }

    private Uni<StoredInput> bring(Input input, Submission submission) {
        RunId id = submission.id();
        return store.mark(submission)
                .chain(() -> input.bring(submission))
                .call(stored -> store.index(submission, stored.parts()))
                .onFailure()
                .invoke(t -> LOG.info(id, "Upload %s failed and leaves nothing: %s", id, t.getMessage()))
                .onFailure()
                .call(() -> store.takeBack(submission))
                .onCancellation()
                .invoke(() -> takeBackForNobody(submission));
    }

    private void takeBackForNobody(Submission submission) {
        RunId id = submission.id();
        LOG.info(id, "The client of upload %s has gone; its blobs are removed", id);
        store.takeBack(submission)
                .subscribe()
                .with(done -> {}, t -> LOG.warn(id, "Upload %s is left to the watcher: %s", id, t.getMessage()));
    }

    private Uni<RunId> release(Submission submission, JobRequest job, StoredInput stored) {
        return submission.scope().call(() -> {
            Run run = Run.submitted(submission.id(), job.spec(stored.input(), stored.parts()), clock.instant());
            return release.release(run, job.fingerprint(stored.fingerprint()));
        });
    }

    /** A client that goes on sending for a while gets to read why it was refused; then its connection is closed. */
    private void linger(HttpServerRequest request, Context context) {
        UploadBody.drain(request);
        context.owner().setTimer(config.uploadWindow().toMillis(), timer -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
    }
}
