package io.freshet.gateway.multipart;

import io.freshet.gateway.ingest.SplitRules;
import io.freshet.gateway.ingest.UploadBudget;
import io.freshet.gateway.ingest.UploadIngest;
import io.freshet.gateway.ingest.UploadIngest.Hashing;
import io.freshet.gateway.ingest.UploadScope;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Forms from a real socket, and memory for two uploads at a time. */
@Timeout(600)
class FormIngestTest {
    private static final int MANY = 20;
    private static final String HEAD = "--XX\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n";

    private final InMemoryBlobStore store = new InMemoryBlobStore(Clock.systemUTC());
    private final AtomicInteger begun = new AtomicInteger();
    private final AtomicInteger ended = new AtomicInteger();
    private Vertx vertx;
    private HttpServer server;
    private HttpClient client;
    private UploadIngest ingest;

    @BeforeEach
    void start() {
        ingest = new UploadIngest(store, Duration.ofSeconds(30), new UploadBudget(2 * (64 << 10)), new Random(1));
        vertx = Vertx.vertx();
        server = vertx.createHttpServer().requestHandler(this::handle);
        server.listen(0, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
        client = vertx.createHttpClient();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(strings = {HEAD + "{}\n", HEAD + "{}\n\r\n--XX\r\nlines\r\n\r\n", HEAD, "--XX\r\n", "{}\n", "--XX--"})
    void many_forms_that_are_none_leave_room_for_the_next_one(String form) {
        for (int i = 0; i < MANY; i++) {
            assertThat(status(form)).isEqualTo(400);
        }

        assertThatAFormIsTaken();
    }

    @Test
    void many_clients_that_go_away_within_a_file_leave_room_for_the_next_one() {
        for (int i = 0; i < MANY; i++) {
            HttpClientRequest request = open();
            request.putHeader("Content-Length", "1000000").write(HEAD + "{}\n");
            int uploads = i + 1;
            await().atMost(Patience.LIMIT).until(() -> begun.get() == uploads);

            request.connection().close();

            await().atMost(Patience.LIMIT).until(() -> ended.get() == uploads);
        }

        assertThatAFormIsTaken();
    }

    private void assertThatAFormIsTaken() {
        String lines = "{}\n".repeat(100_000);
        assertThat(status(HEAD + lines + "\r\n--XX--\r\n")).isEqualTo(202);
        assertThat(new String(
                        store.read("blob").await().indefinitely().orElseThrow().bytes(), UTF_8))
                .isEqualTo(lines);
    }

    private void handle(HttpServerRequest request) {
        begun.incrementAndGet();
        Context context = vertx.getOrCreateContext();
        UploadIngest.Request order = new UploadIngest.Request(
                "blob",
                new SplitRules(1_000, 1 << 20, 1 << 20, Long.MAX_VALUE),
                () -> new FormFiles(new Boundary("XX"), Set.of()),
                Hashing.NONE,
                Attributes.ofType("text/plain"),
                Condition.ALWAYS);
        ingest.run(request, context, order, new UploadScope())
                .onTermination()
                .invoke(ended::incrementAndGet)
                .subscribe()
                .with(done -> answer(request, 202), failure -> answer(request, 400));
    }

    private static void answer(HttpServerRequest request, int status) {
        if (!request.isEnded()) {
            request.handler(ignored -> {}).resume();
        }
        request.response().setStatusCode(status).end();
    }

    private int status(String form) {
        return open().send(Buffer.buffer(form))
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .statusCode();
    }

    private HttpClientRequest open() {
        CompletableFuture<HttpClientRequest> opened = client.request(
                        HttpMethod.POST, server.actualPort(), "127.0.0.1", "/")
                .toCompletionStage()
                .toCompletableFuture();
        return opened.join();
    }
}
