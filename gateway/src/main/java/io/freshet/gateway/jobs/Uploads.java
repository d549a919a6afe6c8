package io.freshet.gateway.jobs;

import io.freshet.gateway.ingest.Ingest;
import io.freshet.gateway.ingest.IngestLimits;
import io.freshet.gateway.ingest.IngestOrder;
import io.freshet.gateway.ingest.IngestOrder.Hashing;
import io.freshet.gateway.jobs.JobParameters.Wanted;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Inputs that come with the request. */
@Singleton
final class Uploads {
    private static final Attributes NDJSON = Attributes.ofType("application/x-ndjson");

    private final JobSubmission submission;
    private final Ingest ingest;
    private final UploadMemory memory;

    Uploads(JobSubmission submission, BlobStore blobs, UploadMemory memory, JobsConfig config) {
        this.submission = submission;
        this.memory = memory;
        IngestLimits standard = IngestLimits.DEFAULT;
        IngestLimits limits = new IngestLimits(config.maxLineBytes(), standard.maxParts(), standard.parallelism());
        this.ingest = new Ingest(blobs, limits, RandomGenerator.getDefault());
    }

    /** To be called on the request's event loop. */
    Uni<RunId> submit(HttpServerRequest request, Wanted wanted) {
        Context context = Vertx.currentContext();
        UploadBody body = new UploadBody(request);
        request.pause();
        return memory.during(
                        ingest.memory(size(request)),
                        () -> submission.submit(
                                wanted,
                                id -> onContext(
                                        context,
                                        () -> body.consume(file ->
                                                        ingest.run(file.stream(), context, order(id, wanted, file)))
                                                .map(JobSubmission::uploaded))))
                .onFailure(VertxException.class)
                .transform(Uploads::endedEarly)
                .onFailure()
                .invoke(() -> context.runOnContext(x -> body.drain()));
    }

    /** Bytes of what is to be stored, at most; -1 if the request does not say. */
    private static long size(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        boolean packed = request.getHeader("Content-Encoding") != null;
        return length == null || packed ? -1 : Long.parseLong(length);
    }

    private static <T> Uni<T> onContext(Context context, Supplier<Uni<T>> action) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(task -> context.runOnContext(x -> task.run()))
                .chain(() -> action.get());
    }

    private static IngestOrder order(RunId id, Wanted wanted, UploadBody.File file) {
        return new IngestOrder(
                RunFiles.input(id),
                wanted.itemsPerPart(),
                file.packing(),
                wanted.idempotencyKey() == null ? Hashing.NONE : Hashing.SHA_256,
                NDJSON,
                Condition.ALWAYS);
    }

    private static ProblemException endedEarly(Throwable t) {
        return new ProblemException(ProblemType.MALFORMED_BODY, "The upload ended early: " + t.getMessage());
    }
}
