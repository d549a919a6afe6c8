package io.freshet.gateway.jobs;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.ingest.ContentEncoding;
import io.freshet.gateway.ingest.Signature;
import io.freshet.gateway.jobs.JobParameters.Wanted;
import io.freshet.gateway.multipart.HeaderValue;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.run.RunId;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

/** Tells an input by reference, which is a small document, from an input that is in the request. */
@Singleton
final class Submissions {
    private static final int MAX_DOCUMENT = 64 * 1024;

    private final Uploads uploads;
    private final References references;
    private final JobsConfig config;

    Submissions(Uploads uploads, References references, JobsConfig config) {
        this.uploads = uploads;
        this.references = references;
        this.config = config;
    }

    Uni<RunId> submit(JobParameters parameters, HttpServerRequest request, Caller caller) {
        Wanted wanted = parameters.read(config, caller);
        String type = HeaderValue.parse(request.getHeader("Content-Type")).value();
        return type.equals(JobsResource.BY_REFERENCE)
                ? document(request).flatMap(body -> references.submit(text(body, request), wanted))
                : uploads.submit(request, wanted);
    }

    private static String text(Buffer body, HttpServerRequest request) {
        String encoding = UploadBody.encoding(request);
        boolean packed = !ContentEncoding.traits(encoding).isEmpty();
        boolean text = Signature.of(body.getBytes()).isEmpty();
        if (packed || !text) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_FORMAT,
                    "A document that names an input is not unpacked: send it as JSON in UTF-8");
        }
        return body.toString();
    }

    private static Uni<Buffer> document(HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        return Uni.createFrom().emitter(emitter -> {
            request.exceptionHandler(connectionIsGone -> emitter.fail(Uploads.endedEarly()));
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
}
