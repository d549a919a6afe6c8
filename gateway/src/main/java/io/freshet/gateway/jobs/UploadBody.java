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

/**
 * The file in a request, as a stream with back-pressure to the socket: the raw body, or the part of a form that is
 * named {@code file}, else its first file. Nothing touches the disk.
 */
final class UploadBody {
    private static final String PREFERRED_PART = "file";

    private final HttpServerRequest request;
    private @Nullable HttpServerFileUpload part;
    private boolean over;

    UploadBody(HttpServerRequest request) {
        this.request = request;
    }

    /** What an upload is given to: called once for each candidate, on the request's event loop, the last one counts. */
    @FunctionalInterface
    interface Consumer<T> {
        /** @param earlier what the candidate before came to, null for the first one */
        Uni<T> consume(File file, @Nullable T earlier);
    }

    /** @param stream paused; whoever takes it resumes it */
    record File(ReadStream<Buffer> stream, Packing packing) {}

    /** Fails with what the consumer failed with, or a problem if the body cannot be read. */
    <T> Uni<T> consume(Consumer<T> consumer) {
        Packing packing = packing();
        request.pause();
        invite(request);
        return isForm() ? fromForm(consumer, packing) : consumer.consume(new File(request, packing), null);
    }

    /** Tells a client that waits for it to send the body. */
    static void invite(HttpServerRequest request) {
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
    }

    /**
     * Reads on and forgets, so that a client that is still sending gets to read the answer. Nothing is consumed any
     * more. To be called on the request's event loop.
     */
    void drain() {
        over = true;
        if (request.isEnded()) {
            return;
        }
        if (part != null) {
            part.handler(ignored -> {}).resume();
        }
        request.handler(ignored -> {}).exceptionHandler(t -> {}).resume();
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

    private <T> Uni<T> fromForm(Consumer<T> consumer, Packing packing) {
        return Uni.createFrom().emitter(emitter -> new Form<T>(consumer, packing, emitter).read());
    }

    /** A part named file may come after other files: the last candidate counts, and they are taken one by one. */
    private final class Form<T> {
        private final Consumer<T> consumer;
        private final Packing packing;
        private final UniEmitter<? super T> outcome;
        private Uni<T> taken = Uni.createFrom().failure(UploadBody::noFile);
        private @Nullable String takenName;

        Form(Consumer<T> consumer, Packing packing, UniEmitter<? super T> outcome) {
            this.consumer = consumer;
            this.packing = packing;
            this.outcome = outcome;
        }

        void read() {
            request.setExpectMultipart(true);
            request.exceptionHandler(t -> outcome.fail(unreadable(t)));
            request.uploadHandler(this::onPart);
            request.endHandler(end -> taken.subscribe().with(outcome::complete, outcome::fail));
            request.resume();
        }

        private void onPart(HttpServerFileUpload next) {
            boolean better =
                    takenName == null || (next.name().equals(PREFERRED_PART) && !takenName.equals(PREFERRED_PART));
            if (over || !better) {
                next.handler(ignored -> {});
                return;
            }
            next.pause();
            part = next;
            takenName = next.name();
            taken = next(new File(next, packingOf(next)));
        }

        private Packing packingOf(HttpServerFileUpload part) {
            return part.filename() != null && part.filename().endsWith(".gz") ? Packing.BY_CONTENT : packing;
        }

        private Uni<T> next(File file) {
            Uni<T> before = taken;
            Uni<T> started = before.onItemOrFailure()
                    .transformToUni((earlier, failure) -> consumer.consume(file, earlier))
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
