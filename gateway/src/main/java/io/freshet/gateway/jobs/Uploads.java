package io.freshet.gateway.jobs;

import io.freshet.gateway.ingest.Ingest;
import io.freshet.gateway.ingest.IngestLimits;
import io.freshet.gateway.ingest.IngestOrder;
import io.freshet.gateway.ingest.IngestOrder.Hashing;
import io.freshet.gateway.ingest.SplitRules;
import io.freshet.gateway.ingest.UploadMemory;
import io.freshet.gateway.ingest.UploadScope;
import io.freshet.gateway.jobs.JobParameters.Wanted;
import io.freshet.gateway.jobs.JobSubmission.Stored;
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
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Inputs that come with the request. */
@Singleton
final class Uploads {
    /** Storage's client holds about as much again for what is on its way. */
    private static final int SHARE_OF_HEAP = 4;

    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Attributes NDJSON = Attributes.ofType("application/x-ndjson");

    private final JobSubmission submission;
    private final IngestLimits limits;
    private final UploadMemory memory;
    private final Ingest ingest;

    Uploads(JobSubmission submission, BlobStore blobs, JobsConfig config) {
        this.submission = submission;
        this.memory = new UploadMemory(config.uploadMemory()
                .map(MemorySize::asLongValue)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
        this.limits = limits(config);
        this.ingest = new Ingest(blobs, limits, memory, RandomGenerator.getDefault());
    }

    /** What is configured for every input. */
    static IngestLimits limits(JobsConfig config) {
        return new IngestLimits(
                config.maxLineBytes(), config.maxParts(), config.maxInputBytes().asLongValue(), config.uploadWindow());
    }

    /** To be called on the request's event loop. */
    Uni<RunId> submit(HttpServerRequest request, Wanted wanted) {
        Context context = Vertx.currentContext();
        UploadBody body = new UploadBody(request);
        request.pause();
        return admission(request, limits.rules(wanted.itemsPerPart()))
                .chain(() -> submission.submit(
                        wanted,
                        (id, scope) -> onContext(context, () -> stored(body, context, new Upload(id, wanted, scope)))))
                .onFailure(VertxException.class)
                .transform(t -> endedEarly())
                .onFailure()
                .invoke(() -> context.runOnContext(x -> linger(request, body, context)));
    }

    /** A client that sends on for a while gets to read why it was refused; after that its connection is closed. */
    private void linger(HttpServerRequest request, UploadBody body, Context context) {
        body.drain();
        context.owner().setTimer(limits.rateWindow().toMillis(), timer -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
    }

    /** Before anything is read or written: whoever cannot be served should learn it cheaply. */
    private Uni<Void> admission(HttpServerRequest request, SplitRules rules) {
        return Uni.createFrom().voidItem().invoke(() -> {
            if (!memory.hasRoom()) {
                throw UploadMemory.overloaded();
            }
            rules.checkBytes(plainLength(request));
        });
    }

    /** What the request itself says of the input's size; 0 if it does not. */
    private static long plainLength(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean isForm = type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean tells = length != null && !isForm && request.getHeader(HttpHeaders.CONTENT_ENCODING) == null;
        return tells && LENGTH.matcher(length).matches() ? Long.parseLong(length) : 0;
    }

    private Uni<Stored> stored(UploadBody body, Context context, Upload upload) {
        return body.consume(
                (file, earlier) -> ingest.run(file.stream(), context, order(upload, file, earlier), upload.scope())
                        .flatMap(ingested -> submission.uploaded(upload.id(), ingested)));
    }

    /** What an upload is to become. */
    private record Upload(RunId id, Wanted wanted, UploadScope scope) {}

    private static <T> Uni<T> onContext(Context context, Supplier<Uni<T>> action) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(task -> context.runOnContext(x -> task.run()))
                .chain(() -> action.get());
    }

    private static IngestOrder order(Upload upload, UploadBody.File file, @Nullable Stored earlier) {
        Wanted wanted = upload.wanted();
        return new IngestOrder(
                RunFiles.input(upload.id()),
                wanted.itemsPerPart(),
                file.packing(),
                wanted.idempotencyKey() == null ? Hashing.NONE : Hashing.SHA_256,
                NDJSON,
                earlier == null
                        ? Condition.IF_ABSENT
                        : new Condition.IfMatch(earlier.input().etag()));
    }

    private static ProblemException endedEarly() {
        return new ProblemException(ProblemType.MALFORMED_BODY, "The connection ended before the upload did");
    }
}
