package io.freshet.gateway.orchestrations;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.gateway.ingest.Ingest;
import io.freshet.gateway.ingest.IngestLimits;
import io.freshet.gateway.ingest.IngestOrder;
import io.freshet.gateway.ingest.Packing;
import io.freshet.gateway.ingest.UploadMemory;
import io.freshet.gateway.ingest.UploadScope;
import io.freshet.instance.Inputs;
import io.freshet.instance.InstanceId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.InstanceFiles;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Inputs that come one a line, as many as there are: they pass from the socket into storage, and are never held. */
@Singleton
final class InputLines {
    private static final String NDJSON = "application/x-ndjson";
    private static final int SHARE_OF_HEAP = 16;
    private static final long LEAST_MEMORY = 1 << 20;
    /** Parts are of no use here; few of them take little memory. */
    private static final int LINES_OF_A_PART = 100_000;

    private static final IngestLimits LIMITS =
            new IngestLimits(16 << 20, Integer.MAX_VALUE, Long.MAX_VALUE, Duration.ofSeconds(30));

    private final BlobStore blobs;
    private final Ingest ingest;

    InputLines(BlobStore blobs) {
        this.blobs = blobs;
        long memory = Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
        this.ingest = new Ingest(blobs, LIMITS, new UploadMemory(memory), RandomGenerator.getDefault());
    }

    static boolean areIn(HttpServerRequest request) {
        String type = request.getHeader("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith(NDJSON);
    }

    /** To be called on the request's event loop. */
    Uni<Inputs.Stored> store(InstanceId id, String token, HttpServerRequest request) {
        if (request.getHeader("Content-Encoding") != null) {
            throw DurableError.bad("Send the lines as they are, without Content-Encoding");
        }
        String blob = InstanceFiles.lines(id, token);
        IngestOrder order = new IngestOrder(
                blob,
                LINES_OF_A_PART,
                Packing.PLAIN,
                IngestOrder.Hashing.NONE,
                Attributes.ofType(NDJSON),
                Condition.ALWAYS);
        CountedLines lines = new CountedLines(request);
        request.pause();
        UploadScope scope = new UploadScope();
        return ingest.run(lines, Vertx.currentContext(), order, scope)
                .onFailure()
                .call(scope::end)
                .map(done -> new Inputs.Stored(blob, Math.toIntExact(lines.count())))
                .onFailure()
                .transform(InputLines::inWords)
                .onFailure()
                .invoke(() -> request.handler(ignored -> {}).resume());
    }

    /** Nothing was started with them. */
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
}
