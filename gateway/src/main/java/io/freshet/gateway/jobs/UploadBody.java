package io.freshet.gateway.jobs;

import io.freshet.gateway.ingest.Packing;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * The file in a request, as a stream with back-pressure to the socket: the raw body, or the part of a form that is
 * named {@code file}, else its first file. Nothing touches the disk.
 */
final class UploadBody {
    private static final String PREFERRED_PART = "file";

    private final HttpServerRequest request;

    UploadBody(HttpServerRequest request) {
        this.request = request;
    }

    /** What an upload is given to: called once for each candidate, on the request's event loop, the last one counts. */
    interface Consumer<T> extends Function<UploadBody.File, Uni<T>> {}

    /** @param stream paused; whoever takes it resumes it */
    record File(ReadStream<Buffer> stream, Packing packing) {}

    /** Fails with what the consumer failed with, or a problem if the body cannot be read. */
    <T> Uni<T> consume(Consumer<T> consumer) {
        request.pause();
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        Uni<T> consumed = isForm() ? fromForm(consumer) : consumer.apply(new File(request, packing()));
        return consumed.onFailure().invoke(this::drain);
    }

    private boolean isForm() {
        String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
        return type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
    }

    private Packing packing() {
        String encoding = request.getHeader("Content-Encoding");
        if (encoding == null || encoding.equalsIgnoreCase("identity")) {
            return Packing.PLAIN;
        }
        if (encoding.equalsIgnoreCase("gzip") || encoding.equalsIgnoreCase("x-gzip")) {
            return Packing.GZIP;
        }
        throw new ProblemException(
                ProblemType.REFUSED, "Content-Encoding '" + encoding + "' is not known: send gzip, or none");
    }

    private <T> Uni<T> fromForm(Consumer<T> consumer) {
        return Uni.createFrom().emitter(emitter -> new Form<T>(consumer, emitter).read());
    }

    /** Reads on and forgets, so that a client that is still sending gets to read the answer. */
    private void drain() {
        request.handler(buffer -> {}).exceptionHandler(t -> {}).resume();
    }

    /** A part named file may come after other files: the last candidate counts, and they are taken one by one. */
    private final class Form<T> {
        private final Consumer<T> consumer;
        private final UniEmitter<? super T> outcome;
        private Uni<T> taken = Uni.createFrom().failure(UploadBody::noFile);
        private @Nullable String takenName;

        Form(Consumer<T> consumer, UniEmitter<? super T> outcome) {
            this.consumer = consumer;
            this.outcome = outcome;
        }

        void read() {
            request.setExpectMultipart(true);
            request.exceptionHandler(t -> outcome.fail(unreadable(t)));
            request.uploadHandler(this::part);
            request.endHandler(end -> taken.subscribe().with(outcome::complete, outcome::fail));
            request.resume();
        }

        private void part(HttpServerFileUpload part) {
            boolean better =
                    takenName == null || (part.name().equals(PREFERRED_PART) && !takenName.equals(PREFERRED_PART));
            if (!better) {
                part.handler(ignored -> {});
                return;
            }
            part.pause();
            takenName = part.name();
            taken = next(new File(part, packingOf(part)));
        }

        private Packing packingOf(HttpServerFileUpload part) {
            return part.filename() != null && part.filename().endsWith(".gz") ? Packing.BY_CONTENT : packing();
        }

        private Uni<T> next(File file) {
            Uni<T> before = taken;
            Uni<T> started = before.onItemOrFailure()
                    .transformToUni((item, failure) -> consumer.apply(file))
                    .memoize()
                    .indefinitely();
            started.subscribe().with(done -> {}, outcome::fail);
            return started;
        }
    }

    private static ProblemException noFile() {
        return new ProblemException(
                ProblemType.NO_FILE_PART, "Send the lines as a file part named 'file': curl -F file=@lines.jsonl");
    }

    private static ProblemException unreadable(Throwable t) {
        return new ProblemException(ProblemType.MALFORMED_BODY, "The form cannot be read: " + t.getMessage());
    }
}
