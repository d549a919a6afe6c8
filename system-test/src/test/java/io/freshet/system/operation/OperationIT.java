package io.freshet.system.operation;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Instances;
import io.freshet.harness.api.Job;
import io.freshet.harness.api.Jobs;
import io.freshet.harness.calculator.Calculations;
import io.freshet.harness.process.Ports;
import io.freshet.harness.service.Service;
import io.freshet.system.check.Checker;
import io.freshet.system.check.Outcome;
import io.freshet.system.cluster.Program;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.testing.Patience;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

/** What those who run the services see of them. */
final class OperationIT {
    private static final String CALLS = "freshet_azure_calls_seconds_count{";
    /** What is done from time to time, whether there is something to do or not. */
    private static final List<String> POLLS = List.of("GetMessages", "ListBlobs", "CreateContainer");

    private static TestedFreshet freshet;
    private static Job job;

    @BeforeAll
    static void start() {
        freshet = TestedFreshet.named("operation").start();
        Calculations calculations = new Calculations(70).good(9);
        job = freshet.jobs().submit(calculations.file(), "itemsPerJob=3");
        Checker.of(freshet).ended(job, Outcome.of(calculations, 3));
    }

    @AfterAll
    static void stop() {
        freshet.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-1", "worker-1", "watcher-1"})
    void healthTellsOfStorage(String service) {
        JsonNode health = at(service).gateway().json("/q/health");

        assertThat(health.path("status").asText()).isEqualTo("UP");
        assertThat(health.path("checks").findValuesAsText("name")).contains("storage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-1", "worker-1", "watcher-1"})
    void metricsCountTheCallsToStorage(String service) {
        List<String> metrics =
                Gateway.text(at(service).gateway().get("/q/metrics")).lines().toList();

        assertThat(metrics)
                .anyMatch(line -> line.startsWith(CALLS) && line.contains("result=\"ok\""))
                .anyMatch(line -> line.startsWith("jvm_memory_used_bytes"));
    }

    @Test
    void theApiIsDescribed() {
        JsonNode api = at("gateway-1").gateway().json("/q/openapi?format=json");

        assertThat(api.path("paths").has("/jobs/{id}/results")).isTrue();
        assertThat(api.at("/components/schemas/JobDocument/properties").size()).isGreaterThan(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway-1", "worker-1", "watcher-1"})
    void everyLogLineIsJson(String service) {
        List<JsonNode> lines =
                freshet.service(service).log(0).lines().map(Gateway::parse).toList();

        assertThat(lines).isNotEmpty().allSatisfy(line -> {
            assertThat(Instant.parse(line.path("timestamp").asText())).isBefore(Instant.now());
            assertThat(line.path("level").asText()).isIn("DEBUG", "INFO", "WARN");
            assertThat(line.path("message").asText()).isNotBlank();
        });
    }

    @Test
    void logsOfARunNameIt() {
        assertThat(freshet.service("watcher-1").log(0).lines().map(Gateway::parse))
                .anyMatch(line -> line.at("/mdc/run").asText().equals(job.toString()));
    }

    /** Else every end would be paid for until the services end. */
    @Test
    void whatHasEndedIsAskedForNoMore() {
        Instances instances = new Instances(freshet.jobs().gateway());
        instances.finished(instances.started("?inputCount=3", ""));
        String terminated = instances.started("?inputCount=30", "");
        instances.terminate(terminated);
        instances.finished(terminated);
        Job canceled = freshet.jobs().submit(new Calculations(71).good(30).file(), "itemsPerJob=1");
        canceled.cancel();
        canceled.awaitStatus("Canceled");

        AtomicReference<List<String>> last = new AtomicReference<>(List.of());
        Awaitility.await("storage is asked for messages and listings alone")
                .atMost(Patience.LIMIT)
                .pollInterval(Duration.ofSeconds(2))
                .untilAsserted(() -> {
                    List<String> now = callsBesidesPolls();
                    assertThat(now).isEqualTo(last.getAndSet(now));
                });
    }

    private static List<String> callsBesidesPolls() {
        return freshet.services().stream()
                .flatMap(service -> Gateway.text(at(service.name()).gateway().get("/q/metrics"))
                        .lines()
                        .filter(line -> line.startsWith(CALLS))
                        .filter(line -> POLLS.stream().noneMatch(line::contains))
                        .map(line -> service.name() + " " + line))
                .sorted()
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "worker", "watcher"})
    void sigtermEndsAServiceCleanly(String module) {
        Service service = freshet.add(module, 2);
        service.launch();
        service.awaitReady();

        // 143 is the JVM's word for it; a worker says 0, because for a Job's pod anything else is a failure
        assertThat(service.terminate()).isIn(module.equals("worker") ? List.of(0) : List.of(0, 143));
        assertThat(service.log(0)).contains("stopped in");
        freshet.remove(service);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "worker", "watcher"})
    void inAPodHealthAndMetricsHaveAPortOfTheirOwnAndNoFolderIsWritable(String module) throws Exception {
        Service service = freshet.add(module, 3);
        int port = Ports.free();
        URI management = URI.create("http://127.0.0.1:" + port);
        Map<String, String> pod =
                Map.of("MANAGEMENTPORT", Integer.toString(port), "JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=/proc/nowhere");

        service.launch(pod);

        Awaitility.await("it is ready")
                .atMost(Patience.LIMIT)
                .until(() -> status(management, "/q/health/ready") == 200);
        assertThat(status(management, "/q/health/live")).isEqualTo(200);
        assertThat(status(management, "/q/metrics")).isEqualTo(200);
        assertThat(status(management, "/jobs")).isEqualTo(404);
        for (String path : List.of(
                "/q/health",
                "/q/health/",
                "/q/health/ready",
                "/q/health/started",
                "/q/metrics",
                "/q/metrics;x=y",
                "/q;x=y/metrics",
                "//q/metrics",
                "/q//metrics",
                "/q/./metrics",
                "/q/openapi/../metrics",
                "/x/../q/metrics",
                "/%71/metrics",
                "/q%2Fmetrics",
                "/Q/metrics")) {
            assertThat(status(service.url(), path)).as(path).isEqualTo(404);
        }
        assertThat(status(management, "/jobs;x=y")).isEqualTo(404);
        if (module.equals("gateway")) {
            assertThat(status(service.url(), "/jobs")).isEqualTo(200);
            assertThat(status(service.url(), "/q/openapi")).isEqualTo(200);
        }
        freshet.remove(service);
    }

    private static int status(URI service, String path) throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(service + path)).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    @Test
    void aGatewayToldToStopEndsItsEventStreams() {
        Service gateway = freshet.add("gateway", 2);
        gateway.start();
        Job waiting = freshet.jobs().submit(Program.waitingParts("watched", 1), "handler=exec");
        CompletableFuture<String> stream = at("gateway-2").watch(waiting);

        gateway.terminate();

        assertThat(stream)
                .succeedsWithin(Patience.LIMIT)
                .asString()
                .startsWith("id:")
                .contains("\ndata:")
                .endsWith("\n\n");
        assertThat(gateway.log(0)).contains("stopped in").doesNotContain("Timed out");
        freshet.remove(gateway);
        waiting.delete();
    }

    private static Jobs at(String service) {
        return new Jobs(new Gateway(freshet.service(service).url()));
    }
}
