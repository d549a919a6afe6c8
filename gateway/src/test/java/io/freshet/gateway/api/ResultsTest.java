package io.freshet.gateway.api;

import io.freshet.run.Run;
import io.freshet.storage.RunFiles;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

/** Results, whole, in part, and again. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class ResultsTest extends ApiScenario {
    private static final String FIRST = "{\"id\":\"1\"}\n";
    private static final String SECOND = "{\"id\":\"2\",\"text\":\"é👍\"}\n";
    private static final String ALL = FIRST + SECOND;
    private static final int SIZE = Texts.utf8(ALL).length;

    @Test
    void finishedResultsComeWholeWithWhatAClientNeeds() {
        Run run = seeds.complete(FIRST, SECOND);
        ValidatableResponse response = results(run);
        response.statusCode(200)
                .contentType(NDJSON)
                .header("Content-Length", Integer.toString(SIZE))
                .header("ETag", matchesPattern("\".+\""))
                .header("Accept-Ranges", "bytes")
                .header("Content-Disposition", "attachment; filename=\"results-" + run.id() + ".jsonl\"");
        assertThat(response.extract().asByteArray()).isEqualTo(Texts.utf8(ALL));
    }

    @Test
    void resultsOfTheGoodPartsAreThereAfterErrors() {
        results(seeds.completeWithErrors(FIRST)).statusCode(200).body(equalTo(FIRST));
    }

    @Test
    void emptyResultsAreNoError() {
        results(seeds.complete(""))
                .statusCode(200)
                .header("Content-Length", "0")
                .body(emptyString());
    }

    @ParameterizedTest
    @CsvSource({
        "*/*, application/x-ndjson",
        "application/*, application/x-ndjson",
        "application/x-ndjson, application/x-ndjson",
        "application/json, application/x-ndjson",
        "'application/json, text/plain, */*', application/x-ndjson",
        "application/octet-stream, application/octet-stream",
        "'application/json;q=0.5, application/octet-stream', application/octet-stream"
    })
    void whoAcceptsJsonOrBytesGetsThem(String accepted, String type) {
        Run run = seeds.complete(FIRST);
        seeds.doneWithErrors(seeds.running(1), 1, "{}\n");

        request()
                .accept(accepted)
                .get("/jobs/" + run.id() + "/results")
                .then()
                .statusCode(200)
                .contentType(type)
                .body(equalTo(FIRST));
        request()
                .accept(accepted)
                .get("/jobs/" + run.id() + "/errors")
                .then()
                .statusCode(200)
                .contentType(type);
    }

    @Test
    void whoeverGetsNothingIsToldWhyAndWhatToDo() {
        Run merging = seeds.finalizing(FIRST);
        problem(results(merging), 409, "not-finished")
                .body("detail", equalTo("Job " + merging.id() + " is Finalizing: it is being merged"));
        Run failed = seeds.failed();
        String again = "POST /jobs/" + failed.id() + "/rerun?failedOnly=true computes what failed again";
        problem(results(failed), 409, "no-results").body("detail", endsWith("exit code 3. " + again));
        problem(request().get("/jobs/" + failed.id() + "/results?part=1").then(), 409, "no-results")
                .body("detail", equalTo("Part 1 of job " + failed.id() + " has failed: exit code 3. " + again));
        Run complete = seeds.complete(FIRST);
        problem(
                        request()
                                .header("Range", "bytes=9999-")
                                .get("/jobs/" + complete.id() + "/results")
                                .then(),
                        416,
                        "range-not-satisfiable")
                .body("detail", endsWith("none of them in the range 'bytes=9999-'"));
    }

    @Test
    void unfinishedJobsSayWhenToAskAgain() {
        for (Run run : new Run[] {seeds.pending(1), seeds.running(1), seeds.suspended(1), seeds.finalizing(FIRST)}) {
            problem(results(run), 409, "not-finished").header("Retry-After", matchesPattern("[1-9]\\d*"));
        }
    }

    @Test
    void jobsThatEndedWithoutResultsSaySo() {
        problem(results(seeds.failed()), 409, "no-results").header("Retry-After", nullValue());
        problem(results(seeds.canceled(1)), 409, "no-results").header("Retry-After", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "\"other\", %s", "*"})
    void whoKnowsThemIsToldSo(String known) {
        Run run = seeds.complete(FIRST, SECOND);
        String etag = results(run).extract().header("ETag");
        request()
                .header("If-None-Match", known.formatted(etag))
                .get(path(run))
                .then()
                .statusCode(304)
                .header("ETag", etag)
                .body(emptyString());
    }

    @Test
    void whoKnowsOthersGetsThem() {
        request()
                .header("If-None-Match", "\"other\"")
                .get(path(seeds.complete(FIRST)))
                .then()
                .statusCode(200)
                .body(equalTo(FIRST));
    }

    @ParameterizedTest
    @CsvSource({"0-0, 0, 0", "0-9, 0, 9", "5-20, 5, 20", "12-, 12, 37", "-4, 34, 37", "-1000, 0, 37", "30-9999, 30, 37"
    })
    void aRangeIsSentAlone(String asked, int first, int last) {
        assertThat(SIZE).isEqualTo(38);
        ValidatableResponse response = ranged(seeds.complete(FIRST, SECOND), "bytes=" + asked);
        response.statusCode(206)
                .header("Content-Range", "bytes " + first + "-" + last + "/38")
                .header("Content-Length", Integer.toString(last - first + 1))
                .header("ETag", notNullValue());
        byte[] expected = Arrays.copyOfRange(Texts.utf8(ALL), first, last + 1);
        assertThat(response.extract().asByteArray()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=38-", "bytes=1000-2000", "bytes=-0"})
    void aRangeBehindTheEndIsRefusedWithTheSize(String asked) {
        problem(ranged(seeds.complete(FIRST, SECOND), asked), 416, "range-not-satisfiable")
                .header("Content-Range", "bytes */38");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,5-6", "lines=0-1", "bytes=9-3", "bytes=-", "bytes=a-b"})
    void aRangeThatIsNotUnderstoodGetsTheWhole(String asked) {
        ranged(seeds.complete(FIRST, SECOND), asked)
                .statusCode(200)
                .header("Content-Range", nullValue())
                .header("Content-Length", "38");
    }

    @Test
    void aRangeOfOtherResultsGetsTheWhole() {
        Run run = seeds.complete(FIRST, SECOND);
        String etag = results(run).extract().header("ETag");
        ifRange(run, etag).statusCode(206);
        ifRange(run, "\"other\"").statusCode(200);
        ifRange(run, "W/" + etag).statusCode(200);
    }

    @Test
    void headTellsTheSizeAndSendsNothing() throws IOException {
        Run run = seeds.complete(FIRST, SECOND);
        try (RawClient client = RawClient.connect(port())) {
            client.send("HEAD " + path(run) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            RawClient.Head head = client.head();
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.contentLength()).isEqualTo(38);
            client.send("GET " + path(run) + " HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head().status()).as("of the next answer").isEqualTo(200);
            assertThat(client.text(38)).isEqualTo(ALL);
        }
    }

    @Test
    void aPartIsThereAsSoonAsItIsDone() {
        Run run = seeds.running(3);
        seeds.done(run, 2, SECOND);
        part(run, "2")
                .statusCode(200)
                .contentType(NDJSON)
                .header("Content-Disposition", containsString("-part-2.jsonl"))
                .header("ETag", notNullValue())
                .body(equalTo(SECOND));
        problem(part(run, "1"), 409, "not-finished").header("Retry-After", notNullValue());
    }

    @Test
    void aPartMayBeAskedForInRangesToo() {
        Run run = seeds.complete(FIRST, SECOND);
        request()
                .header("Range", "bytes=0-3")
                .get(path(run) + "?part=1")
                .then()
                .statusCode(206)
                .body(equalTo(FIRST.substring(0, 4)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "3", "99999", "-1", "abc", "1.0", "01", "99999999999999999999"})
    void aPartThatCannotBeIsRefused(String number) {
        problem(part(seeds.complete(FIRST, SECOND), number), 400, "bad-parameter")
                .body("detail", startsWith("part "));
    }

    @Test
    void aPartThatFailedSaysSo() {
        Run run = seeds.running(2);
        seeds.failed(run, 1, "no");
        problem(part(run, "1"), 409, "no-results").body("detail", containsString("failed"));
    }

    @Test
    void donePartsOfACanceledJobStayReadable() {
        Run run = seeds.running(2);
        seeds.done(run, 1, FIRST);
        seeds.change(run, r -> r.cancel("enough", Clock.systemUTC()));
        part(run, "1").statusCode(200).body(equalTo(FIRST));
        problem(part(run, "2"), 409, "no-results");
    }

    @Test
    void resultsThatAreNotInStorageAnyMoreSaySo() {
        Run run = seeds.complete(FIRST);
        Lab.now(lab.blobs().delete(RunFiles.results(run.id()), null));
        problem(results(run), 409, "no-results");
    }

    /** Which outcome belongs to which condition is the unit test's. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?part=1"})
    void conditionsHoldForAllAndForParts(String query) {
        Run run = seeds.complete(FIRST, SECOND);
        ValidatableResponse whole = request().get(path(run) + query).then();
        String etag = whole.extract().header("ETag");
        String date = whole.extract().header("Last-Modified");
        conditional(run, query, "If-Match", etag).statusCode(200);
        problem(conditional(run, query, "If-Match", "\"other\""), 412, "precondition-failed");
        conditional(run, query, "If-Unmodified-Since", date).statusCode(200);
        problem(
                conditional(run, query, "If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"),
                412,
                "precondition-failed");
        conditional(run, query, "If-Modified-Since", date)
                .statusCode(304)
                .header("ETag", etag)
                .header("Cache-Control", "private, no-cache");
        conditional(run, query, "If-Modified-Since", "yesterday").statusCode(200);
    }

    @Test
    void aPreconditionComesBeforeTheRange() {
        Run run = seeds.complete(FIRST, SECOND);
        ValidatableResponse response = request()
                .header("If-Match", "\"other\"")
                .header("Range", "bytes=0-4")
                .get(path(run))
                .then();
        problem(response, 412, "precondition-failed");
    }

    @Test
    void aRangeIsOfNoMeaningToHead() {
        request()
                .header("Range", "bytes=0-4")
                .head(path(seeds.complete(FIRST)))
                .then()
                .statusCode(200);
    }

    @Test
    void whoAcceptsJsonAloneGetsThem() {
        Run run = seeds.complete(FIRST);
        conditional(run, "", "Accept", "application/json")
                .statusCode(200)
                .contentType(NDJSON)
                .body(equalTo(FIRST));
    }

    private static ValidatableResponse conditional(Run run, String query, String header, String value) {
        return request().header(header, value).get(path(run) + query).then();
    }

    @Test
    void anUnknownJobHasNone() {
        problem(request().get("/jobs/2026-11-1/results").then(), 404, "job-not-found");
        problem(request().get("/jobs/" + seeds.deleted(1).id() + "/results").then(), 404, "job-not-found");
    }

    private static String path(Run run) {
        return "/jobs/" + run.id() + "/results";
    }

    private static ValidatableResponse results(Run run) {
        return request().get(path(run)).then();
    }

    private static ValidatableResponse part(Run run, String number) {
        return request().get(path(run) + "?part=" + number).then();
    }

    private static ValidatableResponse ranged(Run run, String range) {
        return request().header("Range", range).get(path(run)).then();
    }

    private static ValidatableResponse ifRange(Run run, String etag) {
        return request()
                .header("Range", "bytes=0-3")
                .header("If-Range", etag)
                .get(path(run))
                .then();
    }
}
