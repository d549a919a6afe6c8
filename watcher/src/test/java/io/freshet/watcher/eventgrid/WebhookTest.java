package io.freshet.watcher.eventgrid;

import io.freshet.azure.eventgrid.EventGridFormat;
import io.freshet.event.BlobCreated;
import io.freshet.items.OutputType;
import io.freshet.items.PartLayout;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.ItemSet;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.storage.RunStore;
import io.freshet.testing.AzuriteResource;
import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

/** The webhook of a whole watcher: what it has received is in the run's document. */
@QuarkusTest
@TestProfile(WebhookTest.WithSecret.class)
class WebhookTest {
    private static final String HEADER = "X-Freshet-Secret";
    private static final String SECRET = "open sesame";

    public static final class WithSecret implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("EVENTGRIDSECRET", SECRET);
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(AzuriteResource.class));
        }
    }

    @Inject
    RunStore store;

    @ConfigProperty(name = "freshet.storage.container")
    String container;

    @Test
    void anEventIsProgressOnceItIsReceived() {
        Run run = SampleRuns.pending(100).start(SampleRuns.at(10));
        now(store.create(run));

        for (int delivery = 0; delivery < 2; delivery++) {
            given().body(output(run, 7))
                    .header(HEADER, SECRET)
                    .header("aeg-event-type", "Notification")
                    .post("/eventgrid")
                    .then()
                    .statusCode(200);
        }

        assertThat(now(store.find(run.id())).orElseThrow().progress().done()).isEqualTo(ItemSet.of(7));
        given().get("/q/metrics").then().statusCode(200);
    }

    @Test
    void handshakesAreAnswered() {
        given().header(HEADER, SECRET)
                .header("WebHook-Request-Origin", "eventgrid.azure.net")
                .options("/eventgrid")
                .then()
                .statusCode(200)
                .header("WebHook-Allowed-Origin", "eventgrid.azure.net");
        given().body("[{\"eventType\":\"Microsoft.EventGrid.SubscriptionValidationEvent\","
                        + "\"data\":{\"validationCode\":\"c\"}}]")
                .header(HEADER, SECRET)
                .post("/eventgrid")
                .then()
                .statusCode(200)
                .body("validationResponse", equalTo("c"));
    }

    private String output(Run run, int item) {
        BlobCreated created = new BlobCreated(
                "an id",
                container,
                PartLayout.outputName(run.id(), item),
                OutputType.of(new Tally(10, 0)),
                3,
                "PutBlob",
                SampleRuns.SUBMITTED);
        return new EventGridFormat(() -> "account").write(List.of(created));
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }
}
