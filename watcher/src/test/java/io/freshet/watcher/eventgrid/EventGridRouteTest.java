package io.freshet.watcher.eventgrid;

import io.freshet.azure.eventgrid.EventGridFormat;
import io.freshet.event.BlobCreated;
import io.freshet.event.EventFormat;
import io.freshet.event.EventFormat.Events;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** Over a real socket, as Event Grid comes. */
class EventGridRouteTest {
    private static final String SECRET = "open sesame";
    /** What requests bring that bring nothing else. */
    private static final String KNOWN = "known";

    private static final BlobCreated BLOB =
            new BlobCreated("1", "output", "a/0.json", "application/json", 3, "PutBlob", Instant.EPOCH);
    private static final EventFormat FORMAT = new EventGridFormat(() -> "account");
    private static final String DELIVERY = FORMAT.write(List.of(BLOB));
    private static final String CLOUD_EVENT = """
            {"specversion":"1.0","source":"/subscriptions/s","id":"1","type":"Microsoft.Storage.BlobCreated",\
            "subject":"/blobServices/default/containers/output/blobs/a/0.json","time":"1970-01-01T00:00:00Z",\
            "data":{"api":"PutBlob","contentType":"application/json","contentLength":3}}""";
    private static final String VALIDATION = """
            [{"id":"1","topic":"/subscriptions/s","subject":"","eventTime":"2026-11-27T10:00:00Z",\
            "eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","metadataVersion":"1","dataVersion":"2",\
            "data":{"validationCode":"5-12-E","validationUrl":"https://elsewhere.invalid:553/validate"}}]""";

    private final Vertx vertx = Vertx.vertx();
    private final List<Events> accepted = Collections.synchronizedList(new ArrayList<>());
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final HttpClient client = HttpClient.newHttpClient();
    private Uni<Void> handling = Uni.createFrom().voidItem();
    private int port;

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void theHandshakeOfEventGridsSchemaIsAnsweredWithItsCode() {
        serve();

        HttpResponse<String> answer = send(post(VALIDATION, "aeg-event-type", "SubscriptionValidation"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"validationResponse\":\"5-12-E\"}");
        assertThat(send(post(VALIDATION)).body()).isEqualTo(answer.body());
        assertThat(accepted).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[{\"eventType\":\"other\"}]", "no JSON SubscriptionValidationEvent"})
    void aHandshakeWithoutACodeIsNone(String body) {
        serve();

        assertThat(send(post(body, "aeg-event-type", "SubscriptionValidation")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void theHandshakeOfCloudEventsIsConsentToItsOriginAndRate() {
        serve();

        HttpResponse<String> answer =
                send(options("WebHook-Request-Origin", "eventgrid.azure.net", "WebHook-Request-Rate", "120"));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("WebHook-Allowed-Origin")).contains("eventgrid.azure.net");
        assertThat(answer.headers().firstValue("WebHook-Allowed-Rate")).contains("120");
        assertThat(answer.headers().firstValue("Allow")).contains("OPTIONS, POST");
        assertThat(send(options("WebHook-Request-Origin", "eventgrid.azure.net"))
                        .headers()
                        .firstValue("WebHook-Allowed-Rate"))
                .contains("*");
        assertThat(send(options()).headers().firstValue("WebHook-Allowed-Origin"))
                .isEmpty();
    }

    @Test
    void eventsOfBothSchemasAreHandedOver() {
        serve();

        assertThat(send(post(DELIVERY, "aeg-event-type", "Notification")).statusCode())
                .isEqualTo(200);
        assertThat(send(post(CLOUD_EVENT, "Content-Type", "application/cloudevents+json"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(send(post(
                                "[" + CLOUD_EVENT + "," + CLOUD_EVENT + "]",
                                "Content-Type",
                                "application/cloudevents-batch+json"))
                        .statusCode())
                .isEqualTo(200);

        assertThat(accepted).map(events -> events.blobs().size()).containsExactly(1, 1, 2);
        assertThat(accepted).allMatch(events -> events.blobs().getFirst().blob().equals("a/0.json"));
    }

    @Test
    void eventsOfOtherTypesAreReceived() {
        serve();

        String other = DELIVERY.replace("BlobCreated", "BlobDeleted");

        assertThat(send(post(other)).statusCode()).isEqualTo(200);
        assertThat(accepted).containsExactly(new Events(List.of(), 1, 0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no events", "{", "[7]"})
    void whatNoRetryWouldMakeAnEventIsRefusedForGood(String body) {
        serve();

        assertThat(send(post(body)).statusCode()).isEqualTo(400);
    }

    @Test
    void whateverFailsInHandlingLetsTheEventsComeAgain() {
        serve();
        for (RuntimeException failure : List.of(
                new Transient(FailureCode.CONFLICT, "a race", null),
                new Permanent(FailureCode.MALFORMED, "an unreadable document of a run"),
                new IllegalStateException("a bug"))) {
            handling = Uni.createFrom().failure(failure);

            HttpResponse<String> answer = send(post(DELIVERY));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).doesNotContain(failure.getMessage());
        }
    }

    @Test
    void whatTakesTooLongComesAgain() {
        serve(Duration.ofMillis(50), new Bodies(), KNOWN);
        handling = Uni.createFrom().nothing();

        assertThat(send(post(DELIVERY)).statusCode()).isEqualTo(503);
    }

    @Test
    void anyOfTheSecretsLetsInFromHeaderAndQuery() {
        serve(Duration.ofSeconds(20), new Bodies(), "old", SECRET);

        assertThat(send(post(DELIVERY, "X-Freshet-Secret", SECRET)).statusCode())
                .isEqualTo(200);
        assertThat(send(post(DELIVERY, "X-Freshet-Secret", "old")).statusCode()).isEqualTo(200);
        assertThat(send(post(DELIVERY, "Authorization", "bearer " + SECRET)).statusCode())
                .isEqualTo(200);
        assertThat(send(request("?code=open%20sesame").POST(BodyPublishers.ofString(DELIVERY)))
                        .statusCode())
                .isEqualTo(200);
        assertThat(accepted).hasSize(4);
    }

    @Test
    void withoutItsSecretADeliveryComesAgainAndAHandshakeIsRefused() {
        serve(Duration.ofSeconds(20), new Bodies(), SECRET);

        for (String wrong : Arrays.asList("", "open", "open sesame!", "open,sesame")) {
            assertThat(send(post(DELIVERY, "X-Freshet-Secret", wrong)).statusCode())
                    .isEqualTo(503);
        }
        assertThat(send(request("?code=open").POST(BodyPublishers.ofString(DELIVERY)))
                        .statusCode())
                .isEqualTo(503);
        assertThat(send(post(VALIDATION)).statusCode()).isEqualTo(503);
        assertThat(send(post(VALIDATION, "aeg-event-type", "SubscriptionValidation"))
                        .statusCode())
                .isEqualTo(401);
        HttpResponse<String> consent = send(options("WebHook-Request-Origin", "eventgrid.azure.net"));
        assertThat(consent.statusCode()).isEqualTo(401);
        assertThat(consent.headers().firstValue("WebHook-Allowed-Origin")).isEmpty();
        assertThat(consent.body()).doesNotContain(SECRET);
        assertThat(accepted).isEmpty();
    }

    @Test
    void aBodyThatEventGridWouldNotSendIsTooLarge() {
        serve();
        String body = DELIVERY + " ".repeat(Bodies.LONGEST);

        assertThat(send(post(body)).statusCode()).isEqualTo(413);
        assertThat(send(request("").POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(body))))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void whatIsTooMuchAtATimeComesAgainAndIsNotHeldForEver() {
        serve(Duration.ofSeconds(20), new Bodies(16 << 10), KNOWN);

        assertThat(send(post(DELIVERY + " ".repeat(20 << 10))).statusCode()).isEqualTo(503);
        for (int i = 0; i < 10; i++) {
            assertThat(send(post(DELIVERY)).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void withoutASecretThereIsNoWebhook() {
        serve(Duration.ofSeconds(20), new Bodies());

        assertThat(send(post(DELIVERY)).statusCode()).isEqualTo(404);
        assertThat(send(post(VALIDATION, "aeg-event-type", "SubscriptionValidation"))
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> consent = send(options("WebHook-Request-Origin", "eventgrid.azure.net"));
        assertThat(consent.statusCode()).isEqualTo(404);
        assertThat(consent.headers().firstValue("WebHook-Allowed-Origin")).isEmpty();
        assertThat(accepted).isEmpty();
    }

    @Test
    void nothingElseIsThere() {
        serve();

        HttpResponse<String> answer = send(request("").GET());

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.headers().firstValue("Allow")).contains("OPTIONS, POST");
        assertThat(metrics.counter("freshet.eventgrid.requests", "status", "405")
                        .count())
                .isEqualTo(1);
    }

    private void serve() {
        serve(Duration.ofSeconds(20), new Bodies(), KNOWN);
    }

    private void serve(Duration patience, Bodies bodies, String... secrets) {
        EventGridRoute route = new EventGridRoute(
                new WebhookSecret(() -> Optional.of(List.of(secrets))),
                bodies,
                FORMAT,
                this::accept,
                metrics,
                patience);
        Router router = Router.router(vertx);
        route.register(router);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(router)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        port = server.actualPort();
    }

    private Uni<Void> accept(Events events) {
        return handling.invoke(() -> accepted.add(events));
    }

    private HttpRequest.Builder post(String body, String... headers) {
        return with(request("").POST(BodyPublishers.ofString(body)), headers);
    }

    private HttpRequest.Builder options(String... headers) {
        return with(request("").method("OPTIONS", BodyPublishers.noBody()), headers);
    }

    private static HttpRequest.Builder with(HttpRequest.Builder request, String... headers) {
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpRequest.Builder request(String query) {
        String brought = query.isEmpty() ? "?code=" + KNOWN : query;
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + EventGridRoute.PATH + brought));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
