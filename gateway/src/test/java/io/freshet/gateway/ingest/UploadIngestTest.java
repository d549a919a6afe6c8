package io.freshet.gateway.ingest;

import io.freshet.gateway.ingest.UploadIngest.Hashing;
import io.freshet.gateway.ingest.UploadIngest.Ingested;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.Patience;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The way from a real socket of Vert.x' own server. */
class UploadIngestTest {
    private static final int PARALLELISM = 2;
    private static final int BLOCK = 256 << 10;
    private static final int LINES = 300_000;
    private static final byte[] INPUT =
            "{\"id\":1,\"op\":\"+\"}\r\n".repeat(LINES).getBytes(StandardCharsets.UTF_8);

    private final HeldBlobStore store = new HeldBlobStore();
    private final CompletableFuture<Ingested> outcome = new CompletableFuture<>();
    private final List<Boolean> toldOnContext = new CopyOnWriteArrayList<>();
    private final AtomicLong received = new AtomicLong();
    private Vertx vertx;
    private HttpServer server;
    private HttpClient client;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        server = vertx.createHttpServer().requestHandler(this::handle);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        client = vertx.createHttpClient();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void a_body_is_ingested_and_the_outcome_told_on_the_requests_context() {
        store.answerAtOnce();

        send("/raw", Buffer.buffer(INPUT));

        Ingested ingested = outcome.join();
        assertThat(ingested.parts().lines()).isEqualTo(LINES);
        assertThat(store.blob()).isEqualTo(INPUT);
        assertThat(toldOnContext).containsExactly(true);
    }

    @Test
    void a_packed_body_is_unpacked() {
        store.answerAtOnce();

        send("/gzip", Buffer.buffer(Inputs.gzip(INPUT)));

        assertThat(outcome.join().parts().bytes()).isEqualTo(INPUT.length);
        assertThat(store.blob()).isEqualTo(INPUT);
    }

    @Test
    void a_packed_body_waits_for_storage_and_loses_nothing() {
        send("/gzip", Buffer.buffer(Inputs.gzip(INPUT)));
        await().atMost(Patience.LIMIT).until(() -> store.heldCalls() == PARALLELISM);

        while (!outcome.isDone()) {
            await().atMost(Patience.LIMIT)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> store.heldCalls() > 0 || outcome.isDone());
            if (store.heldCalls() > 0) {
                store.answerOne();
            }
        }

        assertThat(store.mostInFlight()).isEqualTo(PARALLELISM);
        assertThat(store.blob()).isEqualTo(INPUT);
    }

    @Test
    void the_socket_is_not_read_while_storage_is_behind() {
        send("/raw", Buffer.buffer(INPUT));
        await().atMost(Patience.LIMIT).until(() -> store.heldCalls() == PARALLELISM);
        await().during(Duration.ofMillis(300)).until(() -> received.get() < INPUT.length / 2);

        store.answerAtOnce();

        assertThat(outcome.join().parts().bytes()).isEqualTo(INPUT.length);
        assertThat(received).hasValue(INPUT.length);
        assertThat(store.mostInFlight()).isEqualTo(PARALLELISM);
        assertThat(toldOnContext).containsExactly(true);
    }

    @Test
    void a_client_that_goes_away_fails_the_ingest() {
        HttpClientRequest request = open("/raw").join();
        request.putHeader("Content-Length", "1000000").write("first line\n");
        await().atMost(Patience.LIMIT).until(() -> received.get() > 0);

        request.connection().close();

        assertThat(outcome).failsWithin(Patience.LIMIT).withThrowableThat().isInstanceOf(ExecutionException.class);
        assertThat(store.calls()).isEmpty();
    }

    private void handle(HttpServerRequest request) {
        Context context = vertx.getOrCreateContext();
        ingest(new Counted(request), context, request.path().equals("/gzip") ? GzipDecoder::new : IdentityDecoder::new);
        outcome.whenComplete((done, failure) -> context.runOnContext(ignored ->
                request.response().setStatusCode(failure == null ? 202 : 400).end()));
    }

    private void ingest(ReadStream<Buffer> source, Context context, Supplier<Decoder> coding) {
        SplitRules rules = new SplitRules(1_000, 1 << 20, 1 << 20, Long.MAX_VALUE);
        UploadIngest.Request order = new UploadIngest.Request(
                "blob", rules, coding, Hashing.NONE, Attributes.ofType("text/plain"), Condition.IF_ABSENT);
        BlockPlan plan = new BlockPlan(BLOCK, 1_000, 2_000, PARALLELISM);
        new UploadIngest(store, Duration.ofSeconds(30), plan, new UploadBudget(1 << 30), new Random(5))
                .run(source, context, order, new UploadScope())
                .onTermination()
                .invoke(() -> toldOnContext.add(Vertx.currentContext() == context))
                .subscribe()
                .with(outcome::complete, outcome::completeExceptionally);
    }

    private void send(String path, Buffer body) {
        open(path).thenAccept(request -> request.send(body));
    }

    private CompletableFuture<HttpClientRequest> open(String path) {
        return client.request(HttpMethod.POST, server.actualPort(), "127.0.0.1", path)
                .toCompletionStage()
                .toCompletableFuture();
    }

    /** Counts what the server gives. */
    private final class Counted implements ReadStream<Buffer> {
        private final ReadStream<Buffer> source;

        Counted(ReadStream<Buffer> source) {
            this.source = source;
        }

        @Override
        public ReadStream<Buffer> exceptionHandler(@Nullable Handler<Throwable> handler) {
            source.exceptionHandler(handler);
            return this;
        }

        @Override
        public ReadStream<Buffer> handler(@Nullable Handler<Buffer> handler) {
            if (handler == null) {
                source.handler(null);
                return this;
            }
            source.handler(chunk -> {
                received.addAndGet(chunk.length());
                handler.handle(chunk);
            });
            return this;
        }

        @Override
        public ReadStream<Buffer> pause() {
            source.pause();
            return this;
        }

        @Override
        public ReadStream<Buffer> resume() {
            source.resume();
            return this;
        }

        @Override
        public ReadStream<Buffer> fetch(long amount) {
            source.fetch(amount);
            return this;
        }

        @Override
        public ReadStream<Buffer> endHandler(@Nullable Handler<Void> handler) {
            source.endHandler(handler);
            return this;
        }
    }
}
