package io.freshet.gateway.api;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunSpec;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ExtractableResponse;
import io.restassured.response.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import static io.freshet.gateway.api.Lab.now;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.startsWith;

/** Jobs page by page. The jobs of this test lie in years in which nobody else's do. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class JobListTest extends ApiScenario {
    private final List<RunId> made = new ArrayList<>();

    @AfterEach
    void tidy() {
        made.forEach(id -> now(lab.store().remove(id)));
    }

    @Test
    void theNewestComeFirst() {
        String older = seeds.pending(1).id().toString();
        String newer = seeds.pending(1).id().toString();
        assertThat(ids(get("/jobs?limit=2"))).containsExactly(newer, older);
    }

    @Test
    void linksLeadThroughAllOfThemOnceAndInOrder() {
        List<String> expected = made("2020-03", 5, 4, 3).stream()
                .sorted(JobListTest::newestFirst)
                .toList();
        List<String> all = walk("/jobs?limit=2");
        assertThat(all).doesNotHaveDuplicates().endsWith(expected.toArray(String[]::new));
        assertThat(all).isSortedAccordingTo(JobListTest::newestFirst);
        assertThat(all).isEqualTo(walk("/jobs?limit=500"));
    }

    @Test
    void aPageIsNoLongerThanItsLimit() {
        made("2020-04", 1, 2, 3);
        assertThat(ids(get("/jobs?limit=1"))).hasSize(1);
    }

    @Test
    void jobsOfSeveralMonthsAreJoined() {
        List<String> expected = Stream.of(made("2020-05", 1, 2), made("2020-06", 1), made("2020-07", 1, 2, 3))
                .flatMap(List::stream)
                .sorted(JobListTest::newestFirst)
                .toList();
        assertThat(walk("/jobs?limit=2").stream().filter(expected::contains)).containsExactlyElementsOf(expected);
    }

    @Test
    void aMonthThatVanishesBetweenTwoPagesHidesNoOther() {
        made("2019-01", 1, 2, 3);
        made("2019-02", 1, 2, 3);
        String next = pathTo("2019-02", "/jobs?limit=1");
        made.stream()
                .filter(id -> id.toString().startsWith("2019-02"))
                .forEach(id -> now(lab.store().remove(id)));
        assertThat(walk(next)).contains("2019-01-1", "2019-01-2", "2019-01-3");
    }

    @Test
    void theStatusIsAFilter() {
        RunId canceled = seeds.canceled(1).id();
        seeds.pending(1);
        assertThat(walk("/jobs?limit=3&status=Canceled")).contains(canceled.toString());
        request().get("/jobs?status=Canceled").then().body("status", everyItem(equalTo("Canceled")));
    }

    @Test
    void deletedJobsAndUnfinishedUploadsAreNotListed() {
        String deleted = seeds.deleted(1).id().toString();
        lab.put("2020-08/77/input.json", "an upload that is going on");
        try {
            assertThat(walk("/jobs?limit=2")).doesNotContain(deleted, "2020-08-77");
        } finally {
            now(lab.blobs().delete("2020-08/77/input.json", null));
        }
    }

    @Test
    void eachJobIsWholeInTheList() {
        Run run = seeds.complete("a\n");
        Object listed = get("/jobs?limit=1").jsonPath().getMap("[0]");
        assertThat(listed).isEqualTo(get("/jobs/" + run.id()).jsonPath().getMap(""));
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=501, limit",
        "limit=-1, limit",
        "limit=abc, limit",
        "limit=99999999999, limit",
        "status=running, status",
        "status=Completed, status",
        "page=abc, page",
        "page=!!, page",
        "page=Li4vLi4v, page"
    })
    void aBadParameterIsNamed(String query, String parameter) {
        problem(request().get("/jobs?" + query).then(), 400, "bad-parameter")
                .body("detail", startsWith(parameter + " "));
    }

    @Test
    void theLinkKeepsTheOtherParameters() {
        seeds.canceled(1);
        seeds.canceled(1);
        assertThat(get("/jobs?limit=1&status=Canceled").header("Link"))
                .contains("limit=1", "status=Canceled")
                .endsWith("; rel=\"next\"");
    }

    private List<String> made(String month, int... numbers) {
        now(lab.blobs().ensureContainer());
        List<String> ids = new ArrayList<>();
        for (int number : numbers) {
            RunId id = new RunId(month, Integer.toString(number));
            RunSpec spec = Seeds.spec(null, new RunSpec.Placement(1, RunSpec.Burst.NEVER, null, 0), 1);
            now(lab.store().create(Run.submitted(id, spec, Instant.now())));
            made.add(id);
            ids.add(id.toString());
        }
        return ids;
    }

    private static int newestFirst(String a, String b) {
        return RunId.parse(a).compareTo(RunId.parse(b));
    }

    /** Follows the links until a page shows the first job of that month. */
    private static String pathTo(String month, String first) {
        String path = first;
        while (true) {
            ExtractableResponse<Response> page = get(path);
            path = next(page);
            if (ids(page).stream().anyMatch(id -> id.startsWith(month))) {
                return path;
            }
        }
    }

    private static List<String> walk(String first) {
        List<String> all = new ArrayList<>();
        for (String path = first; path != null; ) {
            ExtractableResponse<Response> page = get(path);
            all.addAll(ids(page));
            path = next(page);
        }
        return all;
    }

    private static String next(ExtractableResponse<Response> page) {
        String link = page.header("Link");
        if (link == null) {
            return null;
        }
        URI next = URI.create(link.replaceFirst("<(.*)>; rel=\"next\"", "$1"));
        return next.getRawPath() + "?" + next.getRawQuery();
    }

    private static List<String> ids(ExtractableResponse<Response> page) {
        return page.jsonPath().getList("id", String.class);
    }

    private static ExtractableResponse<Response> get(String path) {
        return request()
                .urlEncodingEnabled(false)
                .get(path)
                .then()
                .statusCode(200)
                .extract();
    }
}
