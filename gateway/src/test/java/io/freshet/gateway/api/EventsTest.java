package io.freshet.gateway.api;

import io.freshet.run.Run;
import io.freshet.testing.Patience;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A job, watched. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
class EventsTest extends ApiScenario {
    private static final Clock CLOCK = Clock.systemUTC();

    @Test
    void theDocumentComesAtOnceThenOnEachChangeUntilTheEnd() throws Exception {
        Run run = seeds.pending(1);
        try (Watch watch = new Watch(run)) {
            watch.awaitStatuses("Pending");
            seeds.change(run, r -> r.suspend(CLOCK));
            watch.awaitStatuses("Pending", "Suspended");
            seeds.change(run, r -> r.cancel("enough", CLOCK));
            watch.awaitStatuses("Pending", "Suspended", "Canceled");
            assertThat(watch.reader.join(Duration.ofSeconds(5)))
                    .as("the stream has ended")
                    .isTrue();
            assertThat(watch.documents.getLast().getString("reason")).isEqualTo("enough");
        }
    }

    @Test
    void aJobThatDoesNotChangeIsToldOnce() throws Exception {
        try (Watch watch = new Watch(seeds.suspended(1))) {
            watch.awaitStatuses("Suspended");
            Awaitility.await()
                    .during(Duration.ofSeconds(2))
                    .atMost(Patience.LIMIT)
                    .until(() -> watch.documents.size() == 1);
        }
    }

    @Test
    void aFinishedJobIsToldOnceAndTheStreamEnds() throws Exception {
        try (Watch watch = new Watch(seeds.complete("a\n"))) {
            assertThat(watch.reader.join(Duration.ofSeconds(5))).isTrue();
            assertThat(watch.statuses()).containsExactly("Complete");
        }
    }

    @Test
    void aJobThatIsDeletedEndsTheStream() throws Exception {
        Run run = seeds.running(1);
        try (Watch watch = new Watch(run)) {
            watch.awaitStatuses("Running");
            seeds.change(run, r -> r.delete(CLOCK));
            assertThat(watch.reader.join(Duration.ofSeconds(5))).isTrue();
            assertThat(watch.statuses()).containsExactly("Running");
        }
    }

    @Test
    void changesComeAtMostTwiceASecond() throws Exception {
        Run run = seeds.pending(40);
        try (Watch watch = new Watch(run)) {
            watch.awaitStatuses("Pending");
            seeds.change(run, r -> r.start(CLOCK));
            long begun = System.nanoTime();
            for (int part = 1; part <= 40; part++) {
                seeds.failed(run, part, "no");
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);
            assertThat((long) watch.documents.size()).isLessThanOrEqualTo(2 + taken.toMillis() / 500 + 1);
        }
    }

    @Test
    void anEventSaysThatTheStreamIsOver() throws Exception {
        Run run = seeds.running(1);
        try (Watch watch = new Watch(run)) {
            watch.awaitStatuses("Running");
            assertThat(watch.ends).isEmpty();
            seeds.change(run, r -> r.cancel("enough", CLOCK));
            assertThat(watch.reader.join(Duration.ofSeconds(5))).isTrue();
            assertThat(watch.ends).containsExactly("{\"status\":\"Canceled\"}");
        }
    }

    @Test
    void aJobThatIsDeletedIsOver() throws Exception {
        Run run = seeds.running(1);
        try (Watch watch = new Watch(run)) {
            watch.awaitStatuses("Running");
            seeds.change(run, r -> r.delete(CLOCK));
            assertThat(watch.reader.join(Duration.ofSeconds(5))).isTrue();
            assertThat(watch.ends).containsExactly("{\"status\":\"Deleted\"}");
        }
    }

    @Test
    void aClientThatHasSeenTheLastEventNeedNotComeBack() throws Exception {
        Run run = seeds.complete("a\n");
        String last;
        try (Watch watch = new Watch(run)) {
            assertThat(watch.reader.join(Duration.ofSeconds(5))).isTrue();
            last = watch.ids.getLast();
        }
        String path = "/jobs/" + run.id() + "/events";
        request().header("Last-Event-ID", last).get(path).then().statusCode(204);
        request().header("Last-Event-ID", "other").get(path).then().statusCode(200);
    }

    @Test
    void aSuspendedJobsStreamStaysAndIsNotSilent() throws Exception {
        try (Watch watch = new Watch(seeds.suspended(1))) {
            Awaitility.await().atMost(Patience.LIMIT).until(() -> watch.comments.get() >= 2);
            assertThat(watch.statuses()).containsExactly("Suspended");
            assertThat(watch.reader.isAlive()).isTrue();
        }
    }

    @Test
    void whoAsksForTheHeadOnlyIsAnsweredAtOnce() throws Exception {
        try (RawClient client = RawClient.connect(port())) {
            client.send("HEAD /jobs/" + seeds.suspended(1).id() + "/events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(200);
            client.send("GET /jobs?limit=1 HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(client.head().status()).isEqualTo(200);
        }
    }

    @Test
    void anUnknownJobIsNotFound() {
        problem(request().get("/jobs/2026-11-5/events").then(), 404, "job-not-found");
        problem(
                request()
                        .accept("text/event-stream")
                        .get("/jobs/nonsense/events")
                        .then(),
                404,
                "job-not-found");
    }

    /** A client of the event stream. */
    private static final class Watch implements AutoCloseable {
        private static final String DATA = "data:";
        private final RawClient client = RawClient.connect(port());
        private final List<JsonPath> documents = new CopyOnWriteArrayList<>();
        private final List<String> ids = new CopyOnWriteArrayList<>();
        private final List<String> ends = new CopyOnWriteArrayList<>();
        private final AtomicInteger comments = new AtomicInteger();
        private final Thread reader;

        Watch(Run run) throws IOException {
            String path = "/jobs/" + run.id() + "/events";
            client.send("GET " + path + " HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n");
            RawClient.Head head = client.head();
            answers().note("GET", path, head.status());
            assertThat(head.headers().get("content-type")).startsWith("text/event-stream");
            reader = Thread.ofVirtual().start(this::read);
        }

        /** Until the last chunk, which is empty. */
        private void read() {
            try {
                for (String line = client.line(); !line.equals("0"); line = client.line()) {
                    if (line.equals("event:end")) {
                        ends.add(client.line().substring(DATA.length()));
                    } else if (line.startsWith("id:")) {
                        ids.add(line.substring("id:".length()));
                    } else if (line.equals(":")) {
                        comments.incrementAndGet();
                    } else if (line.startsWith(DATA)) {
                        documents.add(new JsonPath(line.substring(DATA.length())));
                    }
                }
            } catch (IOException e) {
                // the test has closed it
            }
        }

        List<String> statuses() {
            return documents.stream()
                    .map(document -> document.getString("status"))
                    .toList();
        }

        void awaitStatuses(String... wanted) {
            Awaitility.await()
                    .atMost(Patience.LIMIT)
                    .untilAsserted(() -> assertThat(statuses()).containsExactly(wanted));
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }
}
