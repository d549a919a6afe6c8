package io.freshet.gateway.jobs;

import io.freshet.gateway.ingest.PartTable;
import io.freshet.gateway.jobs.SubmissionStore.Submission;
import io.freshet.run.Items.RunInput;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** Where the lines of a job come from: the body of the request, or a blob that it names. */
interface InputSource {

    /**
     * Refuses what cannot be taken before anything is written for it. Call on the request's event loop, with the request
     * paused.
     */
    Uni<Input> admit(HttpServerRequest request, JobRequest job);

    /** An input that has been admitted. */
    @FunctionalInterface
    interface Input {
        /** Brings the lines to where they stay. Writes below the submission's id, in its scope, if it writes at all. */
        Uni<StoredInput> bring(Submission submission);
    }

    /**
     * An input where it stays.
     *
     * @param fingerprint tells it from other inputs; "" if nobody has to
     */
    record StoredInput(RunInput input, PartTable parts, String fingerprint) {}
}
