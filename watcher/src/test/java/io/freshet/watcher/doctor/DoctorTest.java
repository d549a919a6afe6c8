package io.freshet.watcher.doctor;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.message.ControlMessage;
import io.freshet.message.MessageCodec;
import io.freshet.queue.QueueTrial;
import io.freshet.queue.QueuesConfig;
import io.freshet.testing.InMemoryBlobStore;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class DoctorTest {
    private static final Instant NOW = Instant.parse("2026-11-28T09:00:00Z");

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final InMemoryBlobStore runs = new InMemoryBlobStore(at(NOW));
    private final InMemoryBlobStore inputs = new InMemoryBlobStore(at(NOW));
    private final InMemoryBlobStore outputs = new InMemoryBlobStore(at(NOW));
    private final Probes probes = new Probes(runs, outputs);

    @Test
    void whatIsWellIsSaidInALineEach() {
        assertThat(examined(blobs(NOW), queues(new WatchedQueues()), events("direct")))
                .isZero();

        assertThat(lines())
                .containsExactly(
                        "ok      container jobs: a blob was written, read and removed",
                        "ok      clock: 0 s ahead of storage's",
                        "ok      container input: a blob was written, read and removed",
                        "ok      queue work: 2 messages",
                        "ok      queue priority: 2 messages",
                        "ok      queue input: 2 messages",
                        "ok      queue events: 2 messages",
                        "ok      queue control: a message was sent and received",
                        "ok      container output: a blob was written",
                        "skipped events: workers report their outputs themselves (FRESHET_EVENTS=direct)",
                        "All is well.");
        assertThat(List.of(runs, inputs, outputs))
                .allSatisfy(store -> assertThat(store.names()).isEmpty());
    }

    @Test
    void aClockThatIsOffIsWrong() {
        assertThat(examined(blobs(NOW.minusSeconds(100)))).isEqualTo(1);

        assertThat(lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith(
                                "wrong   clock: 100 s behind storage's. Synchronize this machine's clock with NTP"));
        assertThat(lines()).last().isEqualTo("Lines that need attention: 1");
    }

    @Test
    void aRefusalComesWithWhatToDoAndTheRestIsLookedAt() {
        assertThat(examined(queues(new WatchedQueues() {
                    @Override
                    public Uni<Integer> depth(String queue) {
                        return Uni.createFrom()
                                .failure(new Permanent(
                                        FailureCode.STORAGE_REFUSED,
                                        "GetQueueMetadata answered 403 AuthorizationPermissionMismatch"));
                    }
                })))
                .isEqualTo(1);

        assertThat(lines())
                .filteredOn(line -> line.startsWith("wrong"))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line)
                        .contains("answered 403 AuthorizationPermissionMismatch. Give the identity its roles"));
        assertThat(lines()).contains("ok      queue control: a message was sent and received");
    }

    @Test
    void anExaminationThatFailsIsAFinding() {
        Examination away = new Examination() {
            @Override
            public String subject() {
                return "storage";
            }

            @Override
            public Multi<Finding> findings() {
                throw new Transient(FailureCode.STORAGE_UNAVAILABLE, "PutBlob: no answer (refused)", null);
            }
        };

        assertThat(examined(away, events("direct"))).isEqualTo(1);

        assertThat(lines()).first().asString().startsWith("wrong   storage: PutBlob: no answer (refused). Check");
        assertThat(lines()).hasSize(4);
    }

    @Test
    void anEventThatArrivesIsSeenByWhoeverWaits() {
        Multi<Finding> events = events("eventgrid").findings();
        List<Finding> found = events.onItem()
                .call(finding -> finding.result() == Finding.Result.WAITING
                        ? probes.eventArrived(outputs.names().getFirst())
                        : Uni.createFrom().voidItem())
                .collect()
                .asList()
                .await()
                .indefinitely();

        assertThat(found).extracting(Finding::line).last().isEqualTo("ok      events: Event Grid reported a blob");
    }

    @Test
    void whatNobodyReceivesIsMissedAndLeavesNoProbe() {
        String probe = Probes.name();
        Probes.put(runs, probe).await().indefinitely();

        assertThat(Probes.goes(runs, probe, Duration.ofMillis(1)).await().indefinitely())
                .isFalse();

        assertThat(runs.names()).isEmpty();
    }

    @Test
    void aMessageRemovesNothingButProbes() {
        String blob = "2026-11-7/run.json";
        Probes.put(runs, blob).await().indefinitely();

        probes.messageArrived(blob).await().indefinitely();

        assertThat(runs.names()).containsExactly(blob);
    }

    /** A watcher receives what is sent. */
    private class WatchedQueues implements QueueTrial {
        @Override
        public Uni<Integer> depth(String queue) {
            return Uni.createFrom().item(2);
        }

        @Override
        public Uni<Void> send(String queue, String text, Duration keptFor) {
            return queue.equals("control")
                            && MessageCodec.readControl(text) instanceof ControlMessage.Probe(String name)
                    ? probes.messageArrived(name)
                    : Uni.createFrom().voidItem();
        }
    }

    private int examined(Examination... examinations) {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Doctor(true, List.of(examinations), out).examine().await().indefinitely();
    }

    private List<String> lines() {
        return Arrays.asList(printed.toString(StandardCharsets.UTF_8).split(System.lineSeparator()));
    }

    private BlobExamination blobs(Instant now) {
        return new BlobExamination(runs, inputs, "jobs", "input", at(now));
    }

    private QueueExamination queues(QueueTrial queues) {
        return new QueueExamination(queues, runs, config(Map.of()).getConfigMapping(QueuesConfig.class));
    }

    private EventExamination events(String kind) {
        return new EventExamination(
                outputs, "output", config(Map.of("freshet.doctor.events", kind)).getConfigMapping(DoctorConfig.class));
    }

    private static SmallRyeConfig config(Map<String, String> set) {
        return new SmallRyeConfigBuilder()
                .withMapping(QueuesConfig.class)
                .withMapping(DoctorConfig.class)
                .withSources(new PropertiesConfigSource(set, "set", 100))
                .build();
    }

    private static Clock at(Instant time) {
        return Clock.fixed(time, ZoneOffset.UTC);
    }
}
