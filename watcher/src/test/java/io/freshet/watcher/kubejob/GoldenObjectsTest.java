package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.freshet.run.RunId;
import io.freshet.testing.Repository;
import io.freshet.watcher.kubejob.ClusterJobs.JobSecret;
import io.freshet.watcher.reconcile.BurstJobs.News;
import io.freshet.watcher.reconcile.BurstOrder;
import io.smallrye.config.SmallRyeConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each folder of {@code kubejob} is a case: {@code in.properties} has the order and the watcher's variables,
 * {@code out-*.yaml} the objects. {@code FRESHET_GOLDEN=write} writes them anew; look at what has changed then.
 */
class GoldenObjectsTest {
    private static final Path CASES = Repository.root().resolve("watcher/src/test/resources/kubejob");
    private static final RunId RUN = new RunId("2026-11", "8405256245329624086");
    private static final boolean WRITE = "write".equals(System.getenv("FRESHET_GOLDEN"));

    static List<String> cases() throws IOException {
        try (Stream<Path> folders = Files.list(CASES)) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void objectsAreAsTheyWere(String name) throws IOException {
        Map<String, String> in = in(name);
        SmallRyeConfig config = Variables.config(variables(in));
        JobsConfig jobs = config.getConfigMapping(JobsConfig.class);
        SigningStorage storage = new SigningStorage(Boolean.parseBoolean(in.getOrDefault("storage.key", "true")));
        BurstOrder order = order(in);

        Job job = new JobTemplate(
                        jobs,
                        new PodVariables(config),
                        new JobTemplate.Place("freshet", "jobs", Duration.ofSeconds(20)))
                .of(order, Credential.of(order, jobs, storage));

        expect(name, "out-job.yaml", job);
        if (Credential.of(order, jobs, storage) == Credential.SIGNED) {
            job.getMetadata().setUid("f0d3a1c2-0000-4000-8000-000000000001");
            expect(name, "out-secret.yaml", JobSecret.of(job, SigningStorage.CONNECTION));
            expect(
                    name,
                    "out-event.yaml",
                    JobEvents.of(
                            job,
                            new News("BurstLowered", "2 of 4 pods on v1 nodes: ProviderFailed"),
                            Instant.parse("2026-11-22T10:00:00Z")));
        }
    }

    private static void expect(String name, String file, Object object) throws IOException {
        Path golden = CASES.resolve(name).resolve(file);
        String text = Serialization.asYaml(object);
        if (WRITE) {
            Files.writeString(golden, text);
        }
        assertThat(text).isEqualTo(Files.readString(golden));
    }

    private static BurstOrder order(Map<String, String> in) {
        boolean merges = Boolean.parseBoolean(in.get("order.merges"));
        return new BurstOrder(
                RUN,
                in.getOrDefault("order.name", RUN.toString()),
                merges,
                Integer.parseInt(in.getOrDefault("order.pods", "4")),
                merges ? null : in.get("order.nodes"),
                in.get("order.gpu"),
                Integer.parseInt(in.getOrDefault("order.gpus", "0")));
    }

    private static Map<String, String> variables(Map<String, String> in) {
        return in.entrySet().stream()
                .filter(entry -> Character.isUpperCase(entry.getKey().charAt(0)))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Map<String, String> in(String name) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(CASES.resolve(name).resolve("in.properties"))) {
            properties.load(reader);
        }
        Map<String, String> in = new HashMap<>();
        properties.forEach((key, value) -> in.put(key.toString(), value.toString()));
        return in;
    }
}
