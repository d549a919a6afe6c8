package io.freshet.gateway.orchestrations;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.gateway.ingest.IdentityDecoder;
import io.freshet.gateway.ingest.SplitRules;
import io.freshet.gateway.ingest.UploadBudget;
import io.freshet.gateway.ingest.UploadIngest;
import io.freshet.gateway.ingest.UploadIngest.Hashing;
import io.freshet.gateway.ingest.UploadScope;
import io.freshet.instance.Inputs;
import io.freshet.instance.InstanceId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.InstanceFiles;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Inputs that are sent one per line, however many: they stream from the socket into storage and are never held in memory. */
@Singleton
final class InputLines {
    private static final String NDJSON = "application/x-ndjson";
    private static final int SHARE_OF_HEAP = 16;
    private static final long LEAST_MEMORY = 1 << 20;
    /** Parts are of no use here; a few take little memory. */
    private static final int LINES_OF_A_PART = 100_000;

    private static final SplitRules RULES =
            new SplitRules(LINES_OF_A_PART, 16 << 20, Integer.MAX_VALUE, Long.MAX_VALUE);

    private static final Duration RATE_WINDOW = Duration.ofSeconds(30);

    private final BlobStore blobs;
    private final UploadIngest ingest;

    InputLines(BlobStore blobs) {
        this.blobs = blobs;
        long memory = Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        this.ingest = new UploadIngest(blobs, RATE_WINDOW, new UploadBudget(memory), RandomGenerator.getDefault());
    }

    static boolean areIn(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(NDJSON);
    }

    /** Call on the request's event loop. */
    Uni<Inputs.Stored> store(InstanceId id, String token, HttpServerRequest request) {
        if (request.getHeader("Content-Encoding") != null) {
            throw DurableError.bad("Send the lines as they are, without Content-Encoding");
        }
        String blob = InstanceFiles.lines(id, token);
        UploadIngest.Request wanted = new UploadIngest.Request(
                blob, RULES, IdentityDecoder::new, Hashing.NONE, Attributes.ofType(NDJSON), Condition.ALWAYS);
        CountedLines lines = new CountedLines(request);
        request.pause();
        UploadScope scope = new UploadScope();
        return ingest.run(lines, Vertx.currentContext(), wanted, scope)
                .onFailure()
                .call(scope::end)
                .map(done -> new Inputs.Stored(blob, Math.toIntExact(lines.count())))
                .onFailure()
                .transform(InputLines::inWords)
                .onFailure()
                .invoke(() -> request.handler(ignored -> {}).resume());
    }

    /** Nothing was started with the lines. */
    Uni<Void> discard(Inputs.Stored lines) {
        return blobs.delete(lines.blob(), null).replaceWithVoid().onFailure().recoverWithNull();
    }

    private static Throwable inWords(Throwable failure) {
        if (failure instanceof VertxException) {
            return DurableError.bad("The request ended before its body did");
        }
        if (FreshetException.is(failure, FailureCode.LINE_TOO_LONG)) {
            return DurableError.tooLarge(
                    "An input has more than 16 MiB: put what is larger into blobs, and their addresses into the inputs");
        }
        return failure instanceof Permanent && FreshetException.is(failure, FailureCode.MALFORMED)
                ? DurableError.bad("The lines cannot be read")
                : failure;
    }

    /** Passes a stream on unchanged, and counts its lines that are not blank. */
    private static final class CountedLines implements ReadStream<Buffer> {
        private final ReadStream<Buffer> stream;
        private long lines;
        private boolean inLine;

        CountedLines(ReadStream<Buffer> stream) {
            this.stream = stream;
        }

        /** So far, including a last line without an end. */
        long count() {
            return inLine ? lines + 1 : lines;
        }

        @Override
        public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
            stream.handler(
                    handler == null
                            ? null
                            : chunk -> {
                                count(chunk);
                                handler.handle(chunk);
                            });
            return this;
        }

        private void count(Buffer chunk) {
            for (int i = 0; i < chunk.length(); i++) {
                byte b = chunk.getByte(i);
                if (b == '\n') {
                    lines = count();
                    inLine = false;
                } else if (b < 0 || b > ' ') {
                    inLine = true;
                }
            }
        }

        @Override
        public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
            stream.exceptionHandler(handler);
            return this;
        }

        @Override
        public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
            stream.endHandler(handler);
            return this;
        }

        @Override
        public ReadStream<Buffer> pause() {
            stream.pause();
            return this;
        }

        @Override
        public ReadStream<Buffer> resume() {
            stream.resume();
            return this;
        }

        @Override
        public ReadStream<Buffer> fetch(long amount) {
            stream.fetch(amount);
            return this;
        }
    }
}
