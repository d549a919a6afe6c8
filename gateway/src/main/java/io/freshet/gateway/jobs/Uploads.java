package io.freshet.gateway.jobs;

import io.freshet.gateway.ingest.Ingest;
import io.freshet.gateway.ingest.IngestLimits;
import io.freshet.gateway.ingest.IngestOrder;
import io.freshet.gateway.ingest.IngestOrder.Hashing;
import io.freshet.gateway.ingest.Ingested;
import io.freshet.gateway.ingest.Packing;
import io.freshet.gateway.ingest.UploadMemory;
import io.freshet.gateway.jobs.JobParameters.Wanted;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.quarkus.runtime.configuration.MemorySize;
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
    /** Storage's client holds about as much again for what is on its way. */
    private static final int SHARE_OF_HEAP = 4;

    private static final Attributes NDJSON = Attributes.ofType("application/x-ndjson");

    private final JobSubmission submission;
    private final UploadMemory memory;
    private final Ingest ingest;

    Uploads(JobSubmission submission, BlobStore blobs, JobsConfig config) {
        this.submission = submission;
        IngestLimits standard = IngestLimits.DEFAULT;
        IngestLimits limits = new IngestLimits(config.maxLineBytes(), standard.maxParts(), standard.parallelism());
        this.memory = new UploadMemory(config.uploadMemory()
                .map(MemorySize::asLongValue)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
        this.ingest = new Ingest(blobs, limits, memory, RandomGenerator.getDefault());
    }

    /** To be called on the request's event loop. */
    Uni<RunId> submit(HttpServerRequest request, Wanted wanted) {
        Context context = Vertx.currentContext();
        UploadBody body = new UploadBody(request);
        request.pause();
        return admission()
                .map(admitted -> body.packing())
                .flatMap(packing -> submission.submit(
                        wanted,
                        id -> onContext(context, () -> stored(request, context, order(id, wanted, packing)))
                                .flatMap(ingested -> submission.uploaded(id, ingested))))
                .onFailure(VertxException.class)
                .transform(Uploads::endedEarly)
                .onFailure()
                .invoke(() -> context.runOnContext(x -> body.drain()));
    }

    /** Before anything is read or written: whoever cannot be served now should learn it cheaply. */
    private Uni<Void> admission() {
        return memory.hasRoom() ? Uni.createFrom().voidItem() : Uni.createFrom().failure(UploadMemory.overloaded());
    }

    private Uni<Ingested> stored(HttpServerRequest request, Context context, IngestOrder order) {
        UploadBody.invite(request);
        return ingest.run(request, context, order).invoke(Uploads::refuseEmpty);
    }

    private static void refuseEmpty(Ingested ingested) {
        if (ingested.parts().lines() == 0) {
            throw new ProblemException(ProblemType.NO_INPUT, "The input has no lines: send at least one");
        }
    }

    private static <T> Uni<T> onContext(Context context, Supplier<Uni<T>> action) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(task -> context.runOnContext(x -> task.run()))
                .chain(() -> action.get());
    }

    private static IngestOrder order(RunId id, Wanted wanted, Packing packing) {
        return new IngestOrder(
                RunFiles.input(id),
                wanted.itemsPerPart(),
                packing,
                wanted.idempotencyKey() == null ? Hashing.NONE : Hashing.SHA_256,
                NDJSON,
                Condition.IF_ABSENT);
    }

    static ProblemException endedEarly(Throwable connectionIsGone) {
        return new ProblemException(ProblemType.MALFORMED_BODY, "The upload ended early: send all of it");
    }
}
