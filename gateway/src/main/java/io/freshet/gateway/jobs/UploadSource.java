package io.freshet.gateway.jobs;

import io.freshet.gateway.ingest.Decoder;
import io.freshet.gateway.ingest.SplitRules;
import io.freshet.gateway.ingest.UploadBudget;
import io.freshet.gateway.ingest.UploadIngest;
import io.freshet.gateway.ingest.UploadIngest.Hashing;
import io.freshet.gateway.ingest.UploadIngest.Ingested;
import io.freshet.gateway.jobs.SubmissionStore.Submission;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.run.Items.RunInput;
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

import java.util.Locale;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Inputs that are sent with the request: they are streamed into storage. */
@Singleton
final class UploadSource implements InputSource {
    /** Storage's client holds about as much again for what is in flight. */
    private static final int SHARE_OF_HEAP = 4;

    private static final Pattern LENGTH = Pattern.compile("\\d{1,18}");
    private static final Attributes NDJSON = Attributes.ofType("application/x-ndjson");

    private final BlobStore blobs;
    private final JobsConfig config;
    private final UploadBudget budget;
    private final UploadIngest ingest;

    UploadSource(BlobStore blobs, JobsConfig config) {
        this.blobs = blobs;
        this.config = config;
        this.budget = new UploadBudget(config.uploadMemory()
                .map(MemorySize::asLongValue)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
        this.ingest = new UploadIngest(blobs, config.uploadWindow(), budget, RandomGenerator.getDefault());
    }

    /** A client that cannot be served should learn it before it has sent anything. */
    @Override
    public Uni<Input> admit(HttpServerRequest request, JobRequest job) {
        Context context = Vertx.currentContext();
        return Uni.createFrom().item(() -> {
            if (!budget.hasRoom()) {
                throw UploadBudget.overloaded();
            }
            SplitRules rules = job.rules(config);
            rules.checkBytes(plainLength(request));
            Supplier<Decoder> coding = UploadBody.coding(request);
            Hashing hashing = job.idempotencyKey() == null ? Hashing.NONE : Hashing.SHA_256;
            return submission -> store(
                    request,
                    context,
                    new UploadIngest.Request(
                            RunFiles.input(submission.id()), rules, coding, hashing, NDJSON, Condition.IF_ABSENT),
                    submission);
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

    private Uni<StoredInput> store(
            HttpServerRequest request, Context context, UploadIngest.Request wanted, Submission submission) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(task -> context.runOnContext(x -> task.run()))
                .invoke(() -> UploadBody.invite(request))
                .chain(() -> ingest.run(request, context, wanted, submission.scope()))
                .invoke(UploadSource::refuseEmpty)
                .flatMap(ingested -> stored(submission.id(), ingested))
                .onFailure(VertxException.class)
                .transform(t -> endedEarly());
    }

    private static void refuseEmpty(Ingested ingested) {
        if (ingested.parts().lines() == 0) {
            throw new ProblemException(ProblemType.NO_INPUT, "The input has no lines: send at least one");
        }
    }

    private Uni<StoredInput> stored(RunId id, Ingested ingested) {
        return ingested.written()
                .etag()
                .map(etag -> Uni.createFrom().item(etag))
                .orElseGet(() -> writtenBefore(id))
                .map(etag -> new StoredInput(
                        new RunInput.Uploaded(etag),
                        ingested.parts(),
                        ingested.sha256().orElse("")));
    }

    /** The id is new, so the blob that is in the way is this upload's own: the answer to an earlier request was lost. */
    private Uni<String> writtenBefore(RunId id) {
        return blobs.describe(RunFiles.input(id))
                .map(input -> input.orElseThrow().etag());
    }

    static ProblemException endedEarly() {
        return new ProblemException(ProblemType.MALFORMED_BODY, "The connection ended before the upload did");
    }
}
