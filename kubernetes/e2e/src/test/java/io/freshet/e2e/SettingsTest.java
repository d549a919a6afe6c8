package io.freshet.e2e;

import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * README, chart, manifests and templates have the settings of the services, and no others. {@code make settings} writes
 * README's table and the chart's schema anew; look at what has changed then.
 */
class SettingsTest {
    private static final String README = "README.md";
    private static final String SCHEMA = "kubernetes/chart/values.schema.json";
    private static final String TABLE = "| Variable | Default | Read by | What it does |\n|---|---|---|---|\n";
    private static final Pattern ROWS = Pattern.compile(Pattern.quote(TABLE) + "((?:\\|.*\n)*)");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final PrettyPrinter PRINTED = new DefaultPrettyPrinter(
                    Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withArrayIndenter(DefaultIndenter.SYSTEM_LINEFEED_INSTANCE);
    private static final boolean WRITE = "write".equals(System.getenv("FRESHET_GOLDEN"));
    private static final Pattern VARIABLE =
            Pattern.compile("(?m)^ *(?:- name: |\\{\\{- .*\"|\")?([A-Z][A-Z0-9_]{3,})(?::|$|\" )");
    private static final Pattern PORT = Pattern.compile("(?m)^quarkus\\.http\\.port=(\\d+)$");
    private static final Pattern PARAMETER =
            Pattern.compile("@description\\('([A-Z]+)'\\)\nparam \\w+ string = '(.*)'");

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

    /** Of a worker, and nothing that the watcher could hand on to the pods of bursts. */
    private static final Set<String> NOT_HANDED_ON =
            Set.of("AZURE_STORAGE_CONNECTION_STRING", "STORAGEKEY", "QUEUEPREFIX", "MANAGEMENTPORT", "ORCHESTRATIONS");

    private final List<ServiceSetting> settings = ServiceSetting.all();
    private final Map<String, String> presets =
            settings.stream().collect(Collectors.toMap(ServiceSetting::variable, ServiceSetting::defaultValue));
    private final JsonNode schema = read(SCHEMA);

    @Test
    void theReadmeHasTheSettingsOfTheServices() throws IOException {
        String readme = Repository.read(README);
        String rows = settings.stream().map(setting -> setting.row() + "\n").collect(Collectors.joining());
        Matcher table = ROWS.matcher(readme);
        assertThat(table.find()).as("README's table of settings").isTrue();

        if (WRITE) {
            Files.writeString(
                    Repository.root().resolve(README),
                    readme.substring(0, table.start(1)) + rows + readme.substring(table.end(1)));
        } else {
            assertThat(table.group(1))
                    .as("README's table; `make settings` writes it anew")
                    .isEqualTo(rows);
        }
    }

    @Test
    void theChartTakesTheSettingsOfTheServices() throws IOException {
        ObjectNode expected = JSON.createObjectNode();
        settings.stream()
                .map(ServiceSetting::setting)
                .filter(setting -> !ELSEWHERE.containsKey(setting.variable()))
                .forEach(setting -> expected.set(setting.variable(), SettingSchema.of(setting)));

        if (WRITE) {
            ((ObjectNode) schema.at("/properties/settings")).set("properties", expected);
            Files.writeString(
                    Repository.root().resolve(SCHEMA), JSON.writer(PRINTED).writeValueAsString(schema) + "\n");
        } else {
            assertThat(schema.at("/properties/settings/properties").toPrettyString())
                    .as("settings in values.schema.json; `make settings` writes them anew")
                    .isEqualTo(expected.toPrettyString());
        }
    }

    @Test
    void whatTheChartHasElsewhereAreSettings() {
        assertThat(presets.keySet()).containsAll(ELSEWHERE.keySet());
    }

    @Test
    void aVariableIsNamedWhereItsSettingIsOnly() {
        assertThat(Repository.mainFiles(".properties"))
                .allSatisfy(file -> assertThat(Repository.read(file))
                        .as(Manifests.name(file))
                        .doesNotContainPattern("\\$\\{[A-Z]"));
    }

    @Test
    void burstsHandOnTheSettingsOfAWorker() {
        String variables = Repository.read("watcher/src/main/java/io/freshet/watcher/kubejob/PodVariables.java");

        assertThat(settings)
                .filteredOn(setting -> setting.readers().contains("worker"))
                .extracting(ServiceSetting::variable)
                .filteredOn(variable -> !NOT_HANDED_ON.contains(variable))
                .allSatisfy(variable -> assertThat(variables).contains('"' + variable + '"'));
    }

    @Test
    void theParametersOnAzureHaveTheDefaultsOfTheServices() {
        Map<String, String> parameters = PARAMETER
                .matcher(Repository.read("kubernetes/azure/main.bicep"))
                .results()
                .collect(Collectors.toMap(parameter -> parameter.group(1), parameter -> parameter.group(2)));

        assertThat(parameters).containsKeys("CONTAINER", "WORKQUEUE");
        assertThat(presets).containsAllEntriesOf(parameters);
    }

    @Test
    void theDefaultsOfTheChartAreThoseOfTheServices() {
        JsonNode values = Manifests.yaml("kubernetes/chart/values.yaml").getFirst();

        assertThat(values.at("/storage/inputQueueName").asText()).isEqualTo(presets.get("INPUTQUEUE"));
        assertThat(values.at("/storage/inputStorageContainerName").asText())
                .isEqualTo(presets.get("INPUTSTORAGECONTAINERNAME"));
        assertThat(values.at("/storage/outputStorageContainerName").asText())
                .isEqualTo(presets.get("OUTPUTSTORAGECONTAINERNAME"));
        assertThat("PT" + values.at("/gracePeriodSeconds").asInt() + "S").isEqualTo(presets.get("FRESHET_GRACE"));
    }

    @Test
    void everyValueThatStandsForASettingIsThere() {
        assertThat(ELSEWHERE.values())
                .filteredOn(path -> !path.isEmpty())
                .allSatisfy(path -> assertThat(schema.at("/properties/" + path.replace(".", "/properties/"))
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
                    .filter(name -> !presets.containsKey(name))
                    .collect(Collectors.toSet());

            assertThat(unknown).as(Manifests.name(file)).isEmpty();
        });
    }

    @Test
    void kedaLooksIntoTheQueuesOfTheServices() {
        assertThat(Manifests.yaml("keda/azure-queue.yaml").getFirst().findValuesAsText("queueName"))
                .containsExactly(presets.get("WORKQUEUE"), presets.get("PRIORITYQUEUE"), presets.get("INPUTQUEUE"));
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

    private static JsonNode read(String path) {
        try {
            return JSON.readTree(Repository.read(path));
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }
}
