package io.freshet.e2e.azure;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.testing.Repository;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What has to hold of every deployment. */
enum AzureCheck {
    RIGHTS_ARE_THOSE_OF_THE_README(
            deployment -> assertThat(Grants.of(deployment)).isEqualTo(Readme.grants(deployment))),
    CONTAINERS_AND_QUEUES_ARE_THOSE_OF_THE_SETTINGS(AzureCheck::namesAreThoseOfTheSettings),
    OUTPUTS_AND_RESULTS_RAISE_EVENTS_AND_NOTHING_ELSE_DOES(AzureCheck::eventsAreThoseThatAreNeeded),
    EVENTS_GO_TO_THE_QUEUE_OF_THE_SETTINGS_BY_IDENTITY_AND_THE_REST_TO_DEAD_LETTERS(AzureCheck::eventsGoToTheirQueue),
    NO_KEY_OPENS_ANYTHING_THAT_THE_PARAMETERS_DID_NOT_SAY(AzureCheck::noKeyOpensAnything),
    ONLY_WHAT_THE_PARAMETERS_ASK_FOR_IS_PUBLIC(AzureCheck::littleIsPublic),
    AN_IDENTITY_TAKES_THE_TOKENS_OF_ONE_SERVICE_ACCOUNT(AzureCheck::tokensAreOfOneAccount),
    THE_CLUSTER_SCALES_FROM_ZERO(AzureCheck::scalesFromZero),
    ONLY_FOLDERS_OF_RUNS_INPUTS_OUTPUTS_AND_DEAD_LETTERS_GROW_OLD(AzureCheck::growsOld);

    private static final String SETTINGS = Repository.read("README.md");
    private static final List<String> CONTAINERS =
            presets("CONTAINER", "INPUTSTORAGECONTAINERNAME", "OUTPUTSTORAGECONTAINERNAME");
    private static final List<String> QUEUES =
            presets("WORKQUEUE", "PRIORITYQUEUE", "INPUTQUEUE", "EVENTSQUEUE", "CONTROLQUEUE");
    private static final String SUBSCRIPTIONS = "Microsoft.EventGrid/systemTopics/eventSubscriptions";
    private static final String ACCOUNTS = "Microsoft.Storage/storageAccounts";
    private static final String CLUSTERS = "Microsoft.ContainerService/managedClusters";
    private static final String CREDENTIALS =
            "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
    private static final Pattern KEY = Pattern.compile(
            "list(Account|Service)?(Keys|Credentials|Sas)|(account|access|primary|shared)Key['\"]|password|connectionString",
            Pattern.CASE_INSENSITIVE);

    private final Consumer<Deployment> check;

    AzureCheck(Consumer<Deployment> check) {
        this.check = check;
    }

    void of(Deployment deployment) {
        check.accept(deployment);
    }

    private static List<String> presets(String... variables) {
        return Stream.of(variables).map(AzureCheck::preset).toList();
    }

    /** What a setting is if nobody sets it. */
    private static String preset(String variable) {
        Matcher row =
                Pattern.compile("(?m)^\\| `" + variable + "` \\| `(.*?)` \\|").matcher(SETTINGS);
        assertThat(row.find()).as("README has a default of %s", variable).isTrue();
        return row.group(1);
    }

    private static void namesAreThoseOfTheSettings(Deployment deployment) {
        List<String> containers = new ArrayList<>(CONTAINERS);
        containers.add("dead-letters");
        Readme.quoted(deployment.parameter("inputContainers", "")).ifPresent(containers::add);
        assertThat(deployment.names(ACCOUNTS + "/blobServices/containers"))
                .containsExactlyInAnyOrderElementsOf(containers);
        assertThat(deployment.names(ACCOUNTS + "/queueServices/queues"))
                .containsExactlyInAnyOrderElementsOf(QUEUES.stream()
                        .flatMap(name -> Stream.of(name, name + "-poison"))
                        .toList());
    }

    private static void eventsAreThoseThatAreNeeded(Deployment deployment) {
        JsonNode filter = deployment.properties(SUBSCRIPTIONS).path("filter");
        assertThat(StorageEvent.of(CONTAINERS.get(0), CONTAINERS.get(1), CONTAINERS.get(2)))
                .allSatisfy(event ->
                        assertThat(event.isDeliveredBy(filter)).as("%s", event).isEqualTo(event.ours()));
    }

    private static void eventsGoToTheirQueue(Deployment deployment) {
        JsonNode properties = deployment.properties(SUBSCRIPTIONS);
        JsonNode delivery = properties.path("deliveryWithResourceIdentity");
        JsonNode rest = properties.path("deadLetterWithResourceIdentity");
        String account = deployment.one(ACCOUNTS).path("id").asText();

        assertThat(properties.has("destination") || properties.has("deadLetterDestination"))
                .as("delivered without an identity")
                .isFalse();
        assertThat(delivery.at("/identity/type").asText()).isEqualTo("SystemAssigned");
        assertThat(rest.at("/identity/type").asText()).isEqualTo("SystemAssigned");
        assertThat(delivery.at("/destination/properties/resourceId").asText()).isEqualTo(account);
        assertThat(delivery.at("/destination/properties/queueName").asText()).isEqualTo(preset("EVENTSQUEUE"));
        JsonNode deadLetters = rest.at("/deadLetterDestination/properties");
        assertThat(deadLetters.size()).isEqualTo(2);
        assertThat(deadLetters.path("resourceId").asText()).isEqualTo(account);
        assertThat(deadLetters.path("blobContainerName").asText()).isEqualTo("dead-letters");
        assertThat(properties.path("eventDeliverySchema").asText()).isEqualTo("EventGridSchema");
    }

    private static void noKeyOpensAnything(Deployment deployment) {
        Map<String, Map.Entry<String, Boolean>> switches = Map.of(
                ACCOUNTS,
                Map.entry("allowSharedKeyAccess", deployment.has("sharedKeyAccess")),
                "Microsoft.ContainerRegistry/registries",
                Map.entry("adminUserEnabled", false),
                "Microsoft.EventGrid/topics",
                Map.entry("disableLocalAuth", true),
                CLUSTERS,
                Map.entry("disableLocalAccounts", true));
        switches.forEach((type, wanted) -> assertThat(deployment.all(type))
                .allSatisfy(resource -> assertThat(resource.path("properties").path(wanted.getKey()))
                        .as("%s of %s", wanted.getKey(), resource.path("id"))
                        .hasToString(wanted.getValue().toString())));
        assertThat(deployment.all("Microsoft.OperationalInsights/workspaces"))
                .allSatisfy(workspace -> assertThat(workspace.at("/properties/features/disableLocalAuth"))
                        .hasToString("true"));
        assertThat(deployment.snapshot().toString()).doesNotContainPattern(KEY);
    }

    private static void littleIsPublic(Deployment deployment) {
        List<String> expected = new ArrayList<>();
        boolean closed = deployment.has("private");
        if (!closed) {
            expected.addAll(List.of("managedClusters", "registries", "storageAccounts"));
        }
        if (deployment.has("completionTopic") && !closed) {
            expected.add("topics");
        }
        if (deployment.parameter("logs", "true").equals("true")) {
            expected.add("workspaces");
        }
        // one way: outwards
        if (closed || !deployment.parameter("virtualNodesKind", "off").equals("off")) {
            expected.add("publicIPAddresses");
        }
        assertThat(deployment
                        .resources()
                        .valueStream()
                        .filter(PublicAccess::isOpen)
                        .map(resource -> resource.path("type").asText().replaceFirst(".*/", "")))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void tokensAreOfOneAccount(Deployment deployment) {
        List<String> subjects =
                deployment.all(CREDENTIALS).stream().map(AzureCheck::subject).toList();

        assertThat(subjects).containsExactlyInAnyOrderElementsOf(Readme.identities());
    }

    private static String subject(JsonNode credential) {
        JsonNode properties = credential.path("properties");
        assertThat(properties.path("audiences")).hasToString("[\"api://AzureADTokenExchange\"]");
        assertThat(properties.path("issuer").asText())
                .containsPattern("managedClusters/aks-freshet'.*oidcIssuerProfile\\.issuerURL]$");
        return Readme.identity(credential.path("id").asText()) + " "
                + properties.path("subject").asText();
    }

    private static void scalesFromZero(Deployment deployment) {
        JsonNode properties = deployment.properties(CLUSTERS);
        List<String> expected = new ArrayList<>(List.of("system true true", "compute true false"));
        if (deployment.has("gpuPool")) {
            expected.add("gpu true false");
        }
        assertThat(properties
                        .path("agentPoolProfiles")
                        .valueStream()
                        .map(pool -> pool.path("name").asText() + " "
                                + pool.path("enableAutoScaling").asText() + " "
                                + (pool.path("minCount").asInt() > 0)))
                .containsExactlyElementsOf(expected);
        for (String needed : List.of(
                "/workloadAutoScalerProfile/keda/enabled",
                "/oidcIssuerProfile/enabled",
                "/securityProfile/workloadIdentity/enabled")) {
            assertThat(properties.at(needed)).as(needed).hasToString("true");
        }
        assertThat(properties.at("/addonProfiles/aciConnectorLinux/enabled"))
                .hasToString(Boolean.toString(
                        deployment.parameter("virtualNodesKind", "off").equals("v1")));
    }

    private static void growsOld(Deployment deployment) {
        JsonNode rules = deployment.properties(ACCOUNTS + "/managementPolicies").at("/policy/rules");
        List<String> prefixes = rules.valueStream()
                .flatMap(rule -> rule.at("/definition/filters/prefixMatch").valueStream())
                .map(JsonNode::asText)
                .toList();
        String runs = CONTAINERS.get(0);
        List<String> kept = Arrays.asList(
                "active/2026-11-8",
                "instances/2026",
                "events/x/2026",
                "waiting/2026-11",
                "idempotency/20af",
                "uploading/2026-11-8");
        assertThat(kept).noneMatch(name -> prefixes.stream().anyMatch((runs + "/" + name)::startsWith));
        assertThat(List.of(
                        runs + "/2026-11/8204/run.json",
                        runs + "/steps/2026-11/8/run.json",
                        CONTAINERS.get(1) + "/x/0.json",
                        CONTAINERS.get(2) + "/x/0.json",
                        "dead-letters/x"))
                .allMatch(name -> prefixes.stream().anyMatch(name::startsWith));
    }
}
