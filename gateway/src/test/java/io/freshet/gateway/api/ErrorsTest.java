package io.freshet.gateway.api;

import io.freshet.items.PartLayout;
import io.freshet.run.Run;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;

/** Rejected lines. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class ErrorsTest extends ApiScenario {

    @Test
    void theyComeInTheOrderOfTheInput() {
        Run run = seeds.running(12);
        for (int part : new int[] {10, 2, 12, 1, 9, 11, 3, 8, 4, 7, 5, 6}) {
            seeds.doneWithErrors(run, part, error(part));
        }
        String inOrder =
                IntStream.rangeClosed(1, 12).mapToObj(ErrorsTest::error).collect(Collectors.joining());
        errors(run)
                .statusCode(200)
                .contentType(NDJSON)
                .header("Content-Disposition", containsString("errors-" + run.id()))
                .body(equalTo(inOrder));
    }

    @Test
    void thoseOfOnePartComeAlone() {
        Run run = seeds.running(3);
        seeds.doneWithErrors(run, 1, error(1));
        seeds.doneWithErrors(run, 2, error(2));
        ofPart(run, "2").statusCode(200).body(equalTo(error(2)));
        ofPart(run, "3").statusCode(200).body(emptyString());
        problem(ofPart(run, "4"), 400, "bad-parameter")
                .body("detail", equalTo("part must be a whole number from 1 to 3, not '4'"));
    }

    private static ValidatableResponse ofPart(Run run, String part) {
        return request().get("/jobs/" + run.id() + "/errors?part=" + part).then();
    }

    @Test
    void thoseOfFinishedPartsAreThereWhileTheJobRuns() {
        Run run = seeds.running(3);
        seeds.done(run, 1, "a\n");
        seeds.doneWithErrors(run, 2, error(2));
        errors(run).statusCode(200).body(equalTo(error(2)));
    }

    @Test
    void noneIsAnEmptyAnswer() {
        errors(seeds.pending(1)).statusCode(200).body(emptyString());
        errors(seeds.complete("a\n", "b\n")).statusCode(200).body(emptyString());
    }

    @Test
    void reportsOfMoreThanOneReadAreWhole() {
        String large = error(1).repeat((5 << 20) / error(1).length());
        String twoReadsExactly = "x".repeat(4 << 20);
        Run run = seeds.running(2);
        seeds.doneWithErrors(run, 1, large);
        seeds.doneWithErrors(run, 2, twoReadsExactly);
        String answer = errors(run).statusCode(200).extract().asString();
        assertThat(answer.equals(large + twoReadsExactly)).isTrue();
    }

    @Test
    void aReportThatIsNotThereIsNoCleanAnswer() {
        Run run = seeds.running(2);
        seeds.doneWithErrors(run, 1, error(1));
        Lab.now(lab.blobs().delete(PartLayout.errorsName(run.id(), 0), null));
        problem(errors(run), 409, "no-results");
    }

    @Test
    void theyAreAskedForAgainAndInRangesLikeResults() {
        Run run = seeds.running(2);
        seeds.doneWithErrors(run, 1, error(1));
        seeds.doneWithErrors(run, 2, error(2));
        ValidatableResponse first = errors(run);
        String etag = first.extract().header("ETag");
        String date = first.extract().header("Last-Modified");
        conditional(run, "If-None-Match", etag).statusCode(304);
        conditional(run, "If-Modified-Since", date).statusCode(304);
        conditional(run, "If-Match", etag).statusCode(200);
        problem(conditional(run, "If-Match", "\"other\""), 412, "precondition-failed");
        problem(conditional(run, "If-Unmodified-Since", "Sun, 06 Nov 1994 08:49:37 GMT"), 412, "precondition-failed");
        int border = error(1).length();
        conditional(run, "Range", "bytes=" + (border - 2) + "-" + (border + 1))
                .statusCode(206)
                .body(equalTo("}\n{\""));
    }

    @Test
    void anotherReportMakesThemOthers() {
        Run run = seeds.running(2);
        seeds.doneWithErrors(run, 1, error(1));
        String etag = errors(run).extract().header("ETag");
        seeds.doneWithErrors(run, 2, error(2));
        conditional(run, "If-None-Match", etag).statusCode(200);
        problem(conditional(run, "If-Match", etag), 412, "precondition-failed");
    }

    @Test
    void whoAcceptsJsonAloneGetsThem() {
        Run run = seeds.running(1);
        seeds.doneWithErrors(run, 1, error(1));
        conditional(run, "Accept", "application/json").statusCode(200).contentType(NDJSON);
    }

    private static ValidatableResponse conditional(Run run, String header, String value) {
        return request()
                .header(header, value)
                .get("/jobs/" + run.id() + "/errors")
                .then();
    }

    @Test
    void anUnknownJobHasNone() {
        problem(request().get("/jobs/2026-11-1/errors").then(), 404, "job-not-found");
    }

    private static String error(int part) {
        return "{\"line\":" + (part * 10) + ",\"reason\":\"not JSON\",\"input\":\"oops\"}\n";
    }

    private static ValidatableResponse errors(Run run) {
        return request().get("/jobs/" + run.id() + "/errors").then();
    }
}
