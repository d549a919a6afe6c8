package io.freshet.gateway.api;

import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import io.freshet.testing.StorageUnderTest;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** Others' jobs and instances are not there, wherever one looks. */
@QuarkusTest
@TestProfile(OwnScopeProfile.class)
@Timeout(600)
class OwnScopeTest {
    /** Set from outside. */
    StorageUnderTest storage;

    @BeforeEach
    void aWatcherHasMadeTheContainer() {
        Lab.now(storage.blobs().ensureContainer());
    }

    private static final String INSTANCES = "/runtime/webhooks/durabletask/instances";

    @ParameterizedTest
    @CsvSource({
        "GET, /jobs/{id}",
        "GET, /jobs/{id}/events",
        "GET, /jobs/{id}/results",
        "GET, /jobs/{id}/errors",
        "POST, /jobs/{id}/cancel",
        "POST, /jobs/{id}/suspend",
        "POST, /jobs/{id}/resume",
        "POST, /jobs/{id}/rerun?failedOnly=true",
        "DELETE, /jobs/{id}",
        "GET, /dashboard/events?view=run:{id}",
        "GET, /dashboard/runs/{id}/items/0"
    })
    void anothersJobIsNotThere(String method, String path) {
        String job = bob().text("POST", "/jobs?handler=identity", "a line\n");

        assertThat(alice().status(method, path.replace("{id}", job), "")).isEqualTo(404);
    }

    @Test
    void listsHaveOnesOwnJobsAlone() {
        String ours = alice().text("POST", "/jobs?handler=identity", "a line\n");
        String theirs = bob().text("POST", "/jobs?handler=identity", "a line\n");

        for (String list : new String[] {"/jobs", "/dashboard/runs"}) {
            assertThat(alice().text("GET", list, "")).contains(ours).doesNotContain(theirs);
            assertThat(boss().text("GET", list, "")).contains(ours).contains(theirs);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /{id}",
        "POST, /{id}/terminate",
        "POST, /{id}/suspend",
        "POST, /{id}/resume",
        "POST, /{id}/rewind",
        "DELETE, /{id}",
        "POST, /{id}/raiseEvent/AnEvent"
    })
    void anothersInstanceIsNotThere(String method, String path) {
        String id = started("bob-" + System.nanoTime(), bob());

        String body = path.contains("raiseEvent") ? "{}" : "";
        assertThat(alice().status(method, INSTANCES + path.replace("{id}", id), body))
                .isEqualTo(404);
    }

    @Test
    void anothersInstanceIsNotListedStartedAnewOrReplaced() {
        String id = started("bob-" + System.nanoTime(), bob());

        assertThat(alice().text("GET", INSTANCES, "")).doesNotContain(id);
        assertThat(bob().text("GET", INSTANCES, "")).contains(id);
        assertThat(alice().status("POST", INSTANCES + "/" + id + "/restart", ""))
                .isEqualTo(400);

        bob().text("POST", INSTANCES + "/" + id + "/terminate", "");
        assertThat(alice().status("POST", "/api/orchestrators/ComputeOrchestrator/" + id + "?inputCount=1", ""))
                .isEqualTo(409);
        assertThat(alice().status("DELETE", INSTANCES + "?createdTimeFrom=2000-01-01T00:00:00Z", ""))
                .isEqualTo(404);
        assertThat(bob().status("DELETE", INSTANCES + "/" + id, "")).isEqualTo(200);
    }

    private static String started(String id, Door door) {
        door.text("POST", "/api/orchestrators/ComputeOrchestrator/" + id + "?inputCount=1", "");
        return id;
    }

    /** Our own credential reads a run's lines for those alone who may read them themselves. */
    @Test
    void anothersRunIsNoInput() {
        String theirs = bob().text("POST", "/jobs?handler=identity", "a line\n");
        String url =
                storage.probe().accountUrl() + "/" + storage.container() + "/" + RunFiles.input(RunId.parse(theirs));

        assertThat(referring(OwnScopeProfile.BOB, url)).isEqualTo(202);
        assertThat(referring(AccessProfile.BOSS, url)).isEqualTo(202);
        assertThat(referring(OwnScopeProfile.ALICE, url)).isEqualTo(400);
    }

    private static int referring(String key, String url) {
        return given().header("X-Freshet-Key", key)
                .contentType("application/vnd.freshet.job+json")
                .body("{\"inputUrl\":\"" + url + "\"}")
                .post("/jobs?handler=identity")
                .statusCode();
    }

    @Test
    void theOverviewTellsOfOnesOwnRunsAndRights() throws IOException {
        HttpResponse<InputStream> stream = alice().open("GET", "/dashboard/events", "");
        try (InputStream in = stream.body()) {
            String hello = new String(in.readNBytes(200), StandardCharsets.UTF_8);

            assertThat(stream.statusCode()).isEqualTo(200);
            assertThat(hello).contains("\"rights\":[\"read\",\"submit\"]").contains("\"user\":\"alice\"");
        }
    }

    private static Door alice() {
        return Door.withKey(RestAssured.port, OwnScopeProfile.ALICE);
    }

    private static Door bob() {
        return Door.withKey(RestAssured.port, OwnScopeProfile.BOB);
    }

    private static Door boss() {
        return Door.withKey(RestAssured.port, AccessProfile.BOSS);
    }
}
