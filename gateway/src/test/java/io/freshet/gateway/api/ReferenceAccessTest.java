package io.freshet.gateway.api;

import io.freshet.harness.storage.Azurite;
import io.freshet.items.PartLayout;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunSpec;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

import static io.freshet.gateway.api.Texts.lines;
import static io.freshet.gateway.api.Texts.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

/** Who may read which blob as an input, and what becomes of a SAS. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class ReferenceAccessTest extends ApiScenario {
    private static final String TYPE = "application/vnd.freshet.job+json";
    private static final byte[] LINES = lines(25);

    private final String elsewhere = GatewayProfile.OPEN;
    private final String closed = Azurite.uniqueName("closed");

    @Test
    void aSasAppearsInNoAnswerAndInNoLog() throws IOException {
        String url = lab.probe().upload(closed, "secret", LINES);
        String sas = lab.probe().readSas(closed, "secret");
        String signature = sas.replaceFirst(".*sig=", "").replaceFirst("&.*", "");
        String id = accepted(refer("{\"inputUrl\":\"" + url + "?" + sas + "\"}", ""));
        RunId run = RunId.parse(id);
        assertThat(new String(lab.bytes(RunFiles.access(run)), StandardCharsets.UTF_8))
                .isEqualTo(sas);
        assertThat(new String(lab.bytes(RunFiles.document(run)), StandardCharsets.UTF_8))
                .doesNotContain(signature);

        request().get("/jobs/" + id).then().statusCode(200).body(not(containsString(signature)));
        request().get("/jobs").then().statusCode(200).body(not(containsString(signature)));
        String refused = "{\"inputUrl\":\"" + url + "-not?" + sas + "\"}";
        problem(refer(refused, ""), 400, "unreadable-input").body(not(containsString(signature)));
        String broken = "{\"inputUrl\":\"" + url + " not?" + sas + "\"}";
        problem(refer(broken, ""), 400, "bad-parameter").body(not(containsString(signature)));
        assertThat(Files.readString(GatewayProfile.LOG)).doesNotContain(signature);
    }

    @Test
    void aSasThatLetsNoOneInIsRefusedWithoutBeingTold() {
        String url = lab.probe().upload(elsewhere, "secret", LINES);
        String sas = lab.probe().readSas(elsewhere, "another");
        problem(refer("{\"inputUrl\":\"" + url + "?" + sas + "\"}", ""), 400, "unreadable-input")
                .body(not(containsString("sig=")));
    }

    @Test
    void withoutASasOnlyLinesOfJobsAndOpenContainersAreRead() {
        String id = accepted(post(LINES, ""));
        RunId run = RunId.parse(id);
        lab.put(PartLayout.outputName(run, 0), "1\n");
        lab.put(RunFiles.results(run), "1\n");
        for (String name : List.of(RunFiles.input(run), PartLayout.outputName(run, 0), RunFiles.results(run))) {
            accepted(refer("{\"inputUrl\":\"" + ownHost() + lab.container() + "/" + name + "\"}", ""));
        }
    }

    @Test
    void whatMayNotBeReadAndWhatIsNotThereAreAnsweredAlike() {
        RunId run = RunId.parse(accepted(post(LINES, "")));
        lab.put(RunFiles.access(run), "sig=secret");
        lab.put("idempotency/ab12", "a record");
        String jobs = ownHost() + lab.container() + "/";
        String absent = refused(ownHost() + elsewhere + "/nothing");
        for (String url : List.of(
                lab.probe().upload(closed, "salaries.csv", LINES),
                ownHost() + closed + "/nothing",
                ownHost() + "no-such-container/nothing",
                jobs + RunFiles.document(run),
                jobs + RunFiles.document(run).replace("run", "%72un"),
                jobs + RunFiles.access(run),
                jobs + RunFiles.active(run),
                jobs + RunFiles.folder(run) + "ctrl_input_1_0",
                jobs + "idempotency/ab12",
                jobs + "idempotency/none",
                ownHost() + elsewhere + "/..%2F" + closed + "%2Fsalaries.csv")) {
            assertThat(refused(url)).as(url).isEqualTo(absent);
        }
    }

    private static String refused(String url) {
        return problem(refer("{\"inputUrl\":\"" + url + "\"}", ""), 400, "unreadable-input")
                .extract()
                .asString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "foo=bar | has 'foo' in its query",
                "sv=2026-02-06&sp=r | has 'sv' in its query",
                "sp=rw&sig=x | just allow to read",
                "sp=r&ss=b&srt=o&sig=x | SAS for an account",
                "snapshot=today | no time"
            })
    void aQueryThatIsNeitherASasToReadNorAVersionIsRefused(String query, String reason) {
        String url = lab.probe().upload(elsewhere, "lines", LINES);
        problem(refer("{\"inputUrl\":\"" + url + "?" + query + "\"}", ""), 400, "bad-parameter")
                .body("detail", containsString(reason));
    }

    @Test
    void aSnapshotIsReadAsItWas() {
        String url = lab.probe().upload(elsewhere, "changing", LINES);
        String snapshot = lab.probe().snapshot(elsewhere, "changing");
        lab.probe().upload(elsewhere, "changing", lines(3));

        String id = accepted(refer("{\"inputUrl\":\"" + url + "?snapshot=" + snapshot + "\"}", ""));

        assertThat(Lab.parts(lab.run(id)).lines()).isEqualTo(25);
        assertThat(Lab.parts(lab.run(id)).input())
                .isInstanceOfSatisfying(
                        RunInput.Referenced.class,
                        input -> assertThat(input.url()).isEqualTo(url + "?snapshot=" + snapshot));
    }

    @Test
    void anExpiredOrForeignSasIsNamedAsTheCause() {
        String url =
                lab.probe().upload(closed, "secret", LINES) + "?" + lab.probe().readSas(closed, "another");
        problem(refer("{\"inputUrl\":\"" + url + "\"}", ""), 400, "unreadable-input")
                .body(
                        "detail",
                        equalTo("inputUrl: the storage account refuses (403): is the SAS expired, and does it allow"
                                + " read?"));
    }

    @Test
    void aHostThatDoesNotAnswerIsTheClientsToMend() {
        problem(refer("{\"inputUrl\":\"https://" + GatewayProfile.AWAY + "/a/c/b\"}", ""), 400, "unreadable-input")
                .header("Retry-After", nullValue())
                .body("detail", equalTo("inputUrl: its host does not respond as Azure Blob Storage does over https"));
        problem(refer("{\"inputUrl\":\"https://" + GatewayProfile.AWAY + "/c/b\"}", ""), 400, "bad-parameter");
        problem(refer("{\"inputUrl\":\"https://localhost/a/c/b\"}", ""), 400, "host-not-allowed")
                .body("detail", containsString("'localhost'"));
    }

    @Test
    void aSplitThatFailsLeavesNoSas() {
        String url = lab.probe().upload(closed, "long", utf8("x".repeat(GatewayProfile.MAX_LINE + 1)));
        List<String> folders = lab.folders();
        String sas = lab.probe().readSas(closed, "long");

        problem(refer("{\"inputUrl\":\"" + url + "?" + sas + "\"}", ""), 413, "line-too-long");

        assertThat(lab.folders()).isEqualTo(folders);
    }

    @Test
    void aReleaseThatWasCutShortIsFinishedWithItsSas() {
        String url =
                lab.probe().upload(closed, "kept", LINES) + "?" + lab.probe().readSas(closed, "kept");
        String key = UUID.randomUUID().toString();
        RunId first = RunId.parse(accepted(keyed(url, key)));
        Lab.now(lab.store().remove(first));

        assertThat(accepted(keyed(url, key))).isEqualTo(first.toString());

        assertThat(lab.exists(RunFiles.document(first))).isTrue();
        assertThat(lab.exists(RunFiles.access(first))).isTrue();
    }

    private static ValidatableResponse keyed(String url, String key) {
        return request()
                .header("Idempotency-Key", key)
                .contentType(TYPE)
                .body(utf8("{\"inputUrl\":\"" + url + "\"}"))
                .post("/jobs")
                .then();
    }

    @Test
    void aJobThatReadWithASasIsNotRunAgain() {
        RunInput input = new RunInput.Referenced(ownHost() + closed + "/b", true, "an-etag");
        RunSpec.Placement placement = new RunSpec.Placement(2, RunSpec.Burst.BY_SIZE, null, 0);
        Items items = new Items.Parts(input, 10, 10, 1000);
        Run run = seeds.released(new RunSpec("identity", items, null, placement, null));
        seeds.change(run, r -> r.start(Clock.systemUTC()));
        seeds.end(seeds.settle(seeds.failed(run, 1, "a reason")));

        problem(request().post("/jobs/" + run.id() + "/rerun?failedOnly=true").then(), 409, "illegal-state")
                .body("detail", containsString("submit it again"));
    }

    private String ownHost() {
        return lab.probe().accountUrl() + "/";
    }

    private static ValidatableResponse refer(String document, String query) {
        return request()
                .contentType(TYPE)
                .body(utf8(document))
                .post("/jobs" + query)
                .then();
    }
}
