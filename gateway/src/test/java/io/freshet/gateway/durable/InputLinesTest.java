package io.freshet.gateway.durable;

import io.freshet.instance.Inputs;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.InstanceStore;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** Inputs that come one a line. */
@QuarkusTest
@TestProfile(DurableProfile.class)
class InputLinesTest {
    private static final String LINES = "[1,1]\n\n  \r\n{\"a\":\"ö\"}\r\n7";
    private static final String ECHO = "/runtime/webhooks/durabletask/orchestrators/Echo/";

    @Inject
    BlobStore blobs;

    @Inject
    InstanceStore store;

    @Test
    void linesThatAreNotBlankAreTheInputs() {
        start("lines-1").then().statusCode(202);

        Inputs.Stored lines = find("lines-1").request().lines();
        assertThat(lines.count()).isEqualTo(3);
        assertThat(blobs.read(lines.blob()).await().indefinitely().orElseThrow().bytes())
                .isEqualTo(LINES.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void linesOfAStartThatIsRefusedAreNotKept() {
        start("lines-2").then().statusCode(202);
        Inputs.Stored kept = find("lines-2").request().lines();

        start("lines-2").then().statusCode(409);

        assertThat(blobs.list("lines/lines-2/", BlobStore.Listing.of(BlobStore.Listing.Detail.PLAIN))
                        .await()
                        .indefinitely()
                        .entries())
                .extracting(BlobStore.BlobInfo::name)
                .containsExactly(kept.blob());
    }

    @Test
    void aRestartHasLinesOfItsOwn() {
        start("lines-3").then().statusCode(202);
        Inputs.Stored lines = find("lines-3").request().lines();

        String again = given().post("/runtime/webhooks/durabletask/instances/lines-3/restart")
                .then()
                .statusCode(202)
                .extract()
                .path("id");

        Inputs.Stored copy = find(again).request().lines();
        assertThat(copy.count()).isEqualTo(3);
        assertThat(copy.blob()).isNotEqualTo(lines.blob());
        assertThat(blobs.read(copy.blob()).await().indefinitely().orElseThrow().bytes())
                .isEqualTo(LINES.getBytes(StandardCharsets.UTF_8));
    }

    private Instance find(String id) {
        return store.find(new InstanceId(id)).await().indefinitely().orElseThrow();
    }

    private static Response start(String id) {
        return given().header("Content-Type", "application/x-ndjson")
                .body(LINES.getBytes(StandardCharsets.UTF_8))
                .post(ECHO + id);
    }
}
