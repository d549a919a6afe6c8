package io.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Names and defaults of manifests and chart are those of the services, which another test holds against the README. */
class SettingsTest {
    private static final Pattern ROW = Pattern.compile("\\| `([A-Z][A-Z0-9_]*)` \\| (\\S*) \\| [a-z, ]+ \\| .+ \\|");
    private static final Pattern VARIABLE =
            Pattern.compile("(?m)^ *(?:- name: |\\{\\{- .*\"|\")?([A-Z][A-Z0-9_]{3,})(?::|$|\" )");
    private static final Pattern PORT = Pattern.compile("(?m)^quarkus\\.http\\.port=(\\d+)$");

    /** What other values of the chart stand for, and secrets. */
    private static final Map<String, String> ELSEWHERE = Map.ofEntries(
            Map.entry("STORAGEACCOUNT", "storage.storageAccountName"),
            Map.entry("AZURE_STORAGE_CONNECTION_STRING", "storage.storageAccountConnectionString"),
            Map.entry("STORAGEKEY", "storage.storageAccountConnectionString"),
            Map.entry("INPUTQUEUE", "storage.inputQueueName"),
            Map.entry("INPUTSTORAGECONTAINERNAME", "storage.inputStorageContainerName"),
            Map.entry("OUTPUTSTORAGECONTAINERNAME", "storage.outputStorageContainerName"),
            Map.entry("AUTHKEYS", "keysSecretName"),
            Map.entry("AUTHKEYSFILE", "keysSecretName"),
            Map.entry("DURABLETASK_KEY", "secretsName"),
            Map.entry("EVENTGRIDSASKEY", "secretsName"),
            Map.entry("EVENTGRIDSECRET", "secretsName"),
            Map.entry("FRESHET_GRACE", "gracePeriodSeconds"),
            Map.entry("FRESHET_INSTANCE", ""),
            Map.entry("FRESHET_WORKER_MODE", ""),
            Map.entry("FRESHET_RUN_ID", ""),
            Map.entry("JOBIMAGE", "image.repository"),
            Map.entry("JOBIMAGEPULLSECRET", "image.pullSecrets"),
            Map.entry("JOBNAMESPACE", ""),
            Map.entry("JOBSERVICEACCOUNTNAME", "workloadIdentity.clientId"),
            Map.entry("MANAGEMENTPORT", ""));

    /** Variables of the system, and those of workers of durable-func-aks-keda. */
    private static final Set<String> FOREIGN = Set.of(
            "TMPDIR",
            "AZURE_STORAGE_QUEUE_NAME",
            "AZURE_STORAGE_INPUT_BLOB_CONTAINER_NAME",
            "AZURE_STORAGE_OUTPUT_BLOB_CONTAINER_NAME",
            "LOOP_SLEEP_TIME_IN_SECONDS");

    private final Map<String, String> documented = documented();
    private final JsonNode schema = read("kubernetes/chart/values.schema.json").path("properties");

    @Test
    void theChartTakesEverySettingAndNoOther() {
        Set<String> expected = new TreeSet<>(documented.keySet());
        expected.removeAll(ELSEWHERE.keySet());

        assertThat(settings().keySet()).as("settings in values.schema.json").isEqualTo(expected);
    }

    @Test
    void theChartNamesTheDefaultsOfTheServices() {
        Map<String, String> expected = new TreeMap<>(documented);
        expected.keySet().removeAll(ELSEWHERE.keySet());

        assertThat(settings()).as("defaults in values.schema.json").isEqualTo(expected);
    }

    @Test
    void theDefaultsOfTheChartAreThoseOfTheServices() {
        JsonNode values = Manifests.yaml("kubernetes/chart/values.yaml").getFirst();

        assertThat(values.at("/storage/inputQueueName").asText()).isEqualTo(documented.get("INPUTQUEUE"));
        assertThat(values.at("/storage/inputStorageContainerName").asText())
                .isEqualTo(documented.get("INPUTSTORAGECONTAINERNAME"));
        assertThat(values.at("/storage/outputStorageContainerName").asText())
                .isEqualTo(documented.get("OUTPUTSTORAGECONTAINERNAME"));
        assertThat("PT" + values.at("/gracePeriodSeconds").asInt() + "S").isEqualTo(documented.get("FRESHET_GRACE"));
    }

    @Test
    void everyValueThatStandsForASettingIsThere() {
        assertThat(ELSEWHERE.values())
                .filteredOn(path -> !path.isEmpty())
                .allSatisfy(path -> assertThat(schema.at("/" + path.replace(".", "/properties/"))
                                .isMissingNode())
                        .as(path)
                        .isFalse());
    }

    @Test
    void manifestsAndTemplatesSetNothingThatNobodyReads() {
        Stream<Path> files = Stream.of(Manifests.keda(), Manifests.kustomize(), Manifests.templates())
                .flatMap(list -> list.stream());

        assertThat(files).allSatisfy(file -> {
            Set<String> unknown = VARIABLE.matcher(Repository.read(file))
                    .results()
                    .map(result -> result.group(1))
                    .filter(name -> !name.startsWith("QUARKUS_") && !FOREIGN.contains(name))
                    .filter(name -> !documented.containsKey(name))
                    .collect(Collectors.toSet());

            assertThat(unknown).as(Manifests.name(file)).isEmpty();
        });
    }

    @Test
    void kedaLooksIntoTheQueuesOfTheServices() {
        assertThat(Manifests.yaml("keda/azure-queue.yaml").getFirst().findValuesAsText("queueName"))
                .containsExactly(
                        documented.get("WORKQUEUE"), documented.get("PRIORITYQUEUE"), documented.get("INPUTQUEUE"));
    }

    @Test
    void portsAreThoseOfTheServices() {
        Stream.of("gateway", "watcher", "worker").forEach(service -> {
            Matcher port = PORT.matcher(Repository.read(service + "/src/main/resources/application.properties"));
            assertThat(port.find()).isTrue();

            assertThat(Manifests.yaml("kubernetes/base/deployment-" + service + ".yaml")
                            .getFirst()
                            .findValuesAsText("containerPort"))
                    .contains(port.group(1));
            assertThat(Repository.read("kubernetes/chart/templates/deployment-" + service + ".yaml"))
                    .containsPattern("\"port\" (\\(.* ternary nil )?" + port.group(1) + "\\b");
        });
    }

    @Test
    void aPodIsGivenTheGraceOfItsServiceAndTheTimeToHandBack() {
        String settings = Repository.read("kubernetes/base/settings.yaml");
        Matcher grace = Pattern.compile("FRESHET_GRACE: PT(\\d+)S").matcher(settings);
        assertThat(grace.find()).isTrue();
        String expected = Integer.toString(Integer.parseInt(grace.group(1)) + 25);

        assertThat(Stream.of(
                        "base/deployment-gateway.yaml", "base/deployment-watcher.yaml", "base/deployment-worker.yaml"))
                .allSatisfy(file -> assertThat(Manifests.yaml("kubernetes/" + file)
                                .getFirst()
                                .findValuesAsText("terminationGracePeriodSeconds"))
                        .containsExactly(expected));
    }

    /** Defaults by variable, as the README's table has them. */
    private static Map<String, String> documented() {
        Map<String, String> defaults = new TreeMap<>();
        Repository.section(Repository.read("README.md"), "## Configuration")
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .forEach(row -> defaults.put(row.group(1), row.group(2).replace("`", "")));
        return defaults;
    }

    /** Defaults by variable, as the chart's schema has them. */
    private Map<String, String> settings() {
        Map<String, String> defaults = new TreeMap<>();
        schema.at("/settings/properties")
                .properties()
                .forEach(property -> defaults.put(
                        property.getKey(), property.getValue().path("default").asText("")));
        return defaults;
    }

    private static JsonNode read(String path) {
        try {
            return new ObjectMapper().readTree(Repository.read(path));
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }
}
