package io.freshet.gateway.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.gateway.access.Caller;
import io.freshet.gateway.ingest.ContentCoding;
import io.freshet.gateway.ingest.PartTable;
import io.freshet.gateway.ingest.ReferenceSplit;
import io.freshet.gateway.ingest.Signature;
import io.freshet.gateway.ingest.SplitRules;
import io.freshet.gateway.multipart.HeaderValue;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.run.Items.RunInput.Referenced;
import io.freshet.storage.InputSecrets;
import io.freshet.storage.InputUrl;
import io.freshet.storage.ReferencedBlobs;
import io.freshet.storage.ReferencedBlobs.Description;
import io.freshet.storage.Secret;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Inputs that are already in blob storage: they are split where they are, not copied. */
@Singleton
final class ReferenceSource implements InputSource {
    private static final int MAX_DOCUMENT = 64 * 1024;

    private final ReferencedBlobs blobs;
    private final InputSecrets secrets;
    private final JobQueries queries;
    private final JobsConfig config;
    private final ObjectMapper json;

    ReferenceSource(
            ReferencedBlobs blobs, InputSecrets secrets, JobQueries queries, JobsConfig config, ObjectMapper json) {
        this.blobs = blobs;
        this.secrets = secrets;
        this.queries = queries;
        this.config = config;
        this.json = json;
    }

    /** Whether the body is the document that names an input, rather than the input. */
    static boolean isSentIn(HttpServerRequest request) {
        return HeaderValue.parse(request.getHeader("Content-Type")).value().equals(JobReference.MEDIA_TYPE);
    }

    /** A SAS in the URL is kept as a secret. */
    @Override
    public Uni<Input> admit(HttpServerRequest request, JobRequest job) {
        Context context = Vertx.currentContext();
        SplitRules rules = job.rules(config);
        return document(request)
                .map(body -> JobReference.parse(text(body, request), json))
                .map(reference -> InputUrl.parse(reference.inputUrl()))
                .onFailure(FreshetException.class)
                .transform(ReferenceSource::problem)
                .flatMap(url -> describe(url, job.caller()))
                .map(blob -> submission -> submission
                        .scope()
                        .call(() -> secrets.keep(submission.id(), blob.sas()))
                        .chain(() -> split(blob, rules, context)));
    }

    private static Uni<Buffer> document(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        return Uni.createFrom().emitter(emitter -> {
            request.exceptionHandler(connectionIsGone -> emitter.fail(UploadSource.endedEarly()));
            request.handler(chunk -> {
                if (body.length() + chunk.length() <= MAX_DOCUMENT) {
                    body.appendBuffer(chunk);
                } else {
                    emitter.fail(new ProblemException(
                            ProblemType.MALFORMED_BODY, "The body is longer than " + MAX_DOCUMENT + " bytes"));
                }
            });
            request.endHandler(end -> emitter.complete(body));
            UploadBody.invite(request);
            request.resume();
        });
    }

    private static String text(Buffer body, HttpServerRequest request) {
        boolean packed = !ContentCoding.declared(UploadBody.encoding(request)).isEmpty();
        boolean text = Signature.of(body.getBytes()).isEmpty();
        if (packed || !text) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_FORMAT,
                    "A document that names an input is not unpacked: send it as JSON in UTF-8");
        }
        return body.toString();
    }

    private Uni<NamedBlob> describe(InputUrl url, Caller caller) {
        Referenced named = new Referenced(url.named(), !url.sas().isEmpty(), "");
        return blobs.describe(named, url.sas())
                .onFailure(FreshetException.class)
                .transform(ReferenceSource::problem)
                .map(found -> found.orElseThrow(() -> absent(url.sas())))
                .call(found -> refuseForeign(found, caller))
                .map(found -> new NamedBlob(
                        new Referenced(named.url(), named.bySas(), found.etag()), url.sas(), found.length()));
    }

    /** Our own credential opens a run's blobs only to those who may read that run. */
    private Uni<Void> refuseForeign(Description blob, Caller caller) {
        return blob.run() == null
                ? Uni.createFrom().voidItem()
                : queries.find(blob.run())
                        .invoke(found -> {
                            String owner = found.map(run -> run.spec().owner()).orElse(null);
                            if (!caller.mayRead(owner)) {
                                throw absent(Secret.NONE);
                            }
                        })
                        .replaceWithVoid();
    }

    private record NamedBlob(Referenced reference, Secret sas, long length) {
        /** Which blob it is, whatever opened it. */
        String fingerprint() {
            return reference.url() + " " + reference.etag();
        }
    }

    private Uni<StoredInput> split(NamedBlob blob, SplitRules rules, Context context) {
        Uni<PartTable> parts = ReferenceSplit.of(
                (offset, length) -> blobs.readRange(blob.reference(), blob.sas(), offset, length),
                blob.length(),
                rules,
                task -> context.runOnContext(x -> task.run()));
        return parts.onFailure(t -> FreshetException.is(t, FailureCode.UNSUPPORTED_FORMAT))
                .transform(t -> unreadable(String.valueOf(t.getMessage())))
                .onFailure(ReferenceSource::changed)
                .transform(t -> unreadable("the blob changed or was removed while it was split"))
                .onFailure(FreshetException.class)
                .transform(ReferenceSource::problem)
                .map(table -> new StoredInput(blob.reference(), table, blob.fingerprint()));
    }

    private static boolean changed(Throwable t) {
        return t instanceof Permanent p
                && (p.code() == FailureCode.PRECONDITION_FAILED || p.code() == FailureCode.NOT_FOUND);
    }

    /** The same for a blob that does not exist and for one that the caller may not know of. */
    private static ProblemException absent(Secret sas) {
        return unreadable(
                sas.isEmpty() ? "there is no such blob that may be read without a SAS" : "there is no such blob");
    }

    /** What is wrong with the input is for the client to fix; our own storage being down is not. */
    private static RuntimeException problem(FreshetException failure) {
        return switch (failure.code()) {
            case ADDRESS_REFUSED -> ProblemException.badParameter("inputUrl", String.valueOf(failure.getMessage()));
            case HOST_NOT_ALLOWED ->
                new ProblemException(ProblemType.HOST_NOT_ALLOWED, "inputUrl " + failure.getMessage());
            case STORAGE_REFUSED, CONFLICT, PRECONDITION_FAILED, HOST_UNAVAILABLE ->
                unreadable(String.valueOf(failure.getMessage()));
            default -> failure;
        };
    }

    private static ProblemException unreadable(String why) {
        return new ProblemException(ProblemType.UNREADABLE_INPUT, "inputUrl: " + why);
    }
}
