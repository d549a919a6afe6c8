package io.freshet.e2e.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static io.freshet.e2e.azure.AzureCheck.AN_IDENTITY_TAKES_THE_TOKENS_OF_ONE_SERVICE_ACCOUNT;
import static io.freshet.e2e.azure.AzureCheck.CONTAINERS_AND_QUEUES_ARE_THOSE_OF_THE_SETTINGS;
import static io.freshet.e2e.azure.AzureCheck.EVENTS_GO_TO_THE_QUEUE_OF_THE_SETTINGS_BY_IDENTITY_AND_THE_REST_TO_DEAD_LETTERS;
import static io.freshet.e2e.azure.AzureCheck.NO_KEY_OPENS_ANYTHING_THAT_THE_PARAMETERS_DID_NOT_SAY;
import static io.freshet.e2e.azure.AzureCheck.ONLY_FOLDERS_OF_RUNS_INPUTS_OUTPUTS_AND_DEAD_LETTERS_GROW_OLD;
import static io.freshet.e2e.azure.AzureCheck.ONLY_WHAT_THE_PARAMETERS_ASK_FOR_IS_PUBLIC;
import static io.freshet.e2e.azure.AzureCheck.OUTPUTS_AND_RESULTS_RAISE_EVENTS_AND_NOTHING_ELSE_DOES;
import static io.freshet.e2e.azure.AzureCheck.RIGHTS_ARE_THOSE_OF_THE_README;
import static io.freshet.e2e.azure.AzureCheck.THE_CLUSTER_SCALES_FROM_ZERO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class AzureTest {
    private static final String ASSIGNMENTS = "Microsoft.Authorization/roleAssignments";
    private static final String SUBSCRIPTIONS = "Microsoft.EventGrid/systemTopics/eventSubscriptions";
    private static final String ACCOUNTS = "Microsoft.Storage/storageAccounts";
    private static final String REGISTRIES = "Microsoft.ContainerRegistry/registries";
    private static final String CREDENTIALS =
            "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials";
    private static final Pattern IN_BICEP = Pattern.compile("(\\w+): ?(\\{)?|(})");
    private static final Pattern NAME = Pattern.compile("(?m)^ {2}name: (\\S+)");

    static Stream<Arguments> checks() {
        return Deployment.variants().stream()
                .flatMap(variant -> Stream.of(AzureCheck.values()).map(check -> Arguments.of(variant, check)));
    }

    @ParameterizedTest
    @MethodSource("checks")
    void whatWouldBeDeployedIsRight(String variant, AzureCheck check) {
        check.of(Deployment.of(variant));
    }

    /** Each is found by the check that it belongs to. */
    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "a wider role",
                        RIGHTS_ARE_THOSE_OF_THE_README,
                        deployment -> properties(deployment.all(ASSIGNMENTS).get(5))
                                .put("roleDefinitionId", "/b24988ac-6180-42a0-ab88-20f7382dd24c")),
                mistake("a role on the whole account", RIGHTS_ARE_THOSE_OF_THE_README, AzureTest::widen),
                mistake(
                        "somebody else",
                        RIGHTS_ARE_THOSE_OF_THE_README,
                        deployment -> properties(deployment.all(ASSIGNMENTS).getLast())
                                .put("principalId", "somebody")),
                mistake("a role too few", RIGHTS_ARE_THOSE_OF_THE_README, AzureTest::removeARole),
                mistake(
                        "a misspelt queue",
                        CONTAINERS_AND_QUEUES_ARE_THOSE_OF_THE_SETTINGS,
                        deployment -> rename(deployment
                                .all(ACCOUNTS + "/queueServices/queues")
                                .getFirst())),
                mistake(
                        "no filter of names",
                        OUTPUTS_AND_RESULTS_RAISE_EVENTS_AND_NOTHING_ELSE_DOES,
                        deployment -> filters(deployment).remove(1)),
                mistake(
                        "another container",
                        OUTPUTS_AND_RESULTS_RAISE_EVENTS_AND_NOTHING_ELSE_DOES,
                        deployment -> ((ArrayNode) filters(deployment).get(0).path("values")).set(1, "out")),
                mistake(
                        "another queue",
                        EVENTS_GO_TO_THE_QUEUE_OF_THE_SETTINGS_BY_IDENTITY_AND_THE_REST_TO_DEAD_LETTERS,
                        deployment -> ((ObjectNode) deployment
                                        .properties(SUBSCRIPTIONS)
                                        .at("/deliveryWithResourceIdentity/destination/properties"))
                                .put("queueName", "control")),
                mistake(
                        "a key of the account",
                        NO_KEY_OPENS_ANYTHING_THAT_THE_PARAMETERS_DID_NOT_SAY,
                        deployment -> deployment.properties(ACCOUNTS).put("allowSharedKeyAccess", true)),
                mistake(
                        "a key that is read",
                        NO_KEY_OPENS_ANYTHING_THAT_THE_PARAMETERS_DID_NOT_SAY,
                        deployment ->
                                ((ObjectNode) deployment.snapshot()).put("outputs", "[listKeys('/subscriptions/x')]")),
                mistake(
                        "a public container",
                        ONLY_WHAT_THE_PARAMETERS_ASK_FOR_IS_PUBLIC,
                        deployment -> properties(deployment
                                        .all(ACCOUNTS + "/blobServices/containers")
                                        .getFirst())
                                .put("publicAccess", "Blob")),
                mistake(
                        "another namespace",
                        AN_IDENTITY_TAKES_THE_TOKENS_OF_ONE_SERVICE_ACCOUNT,
                        deployment -> properties(deployment.all(CREDENTIALS).getFirst())
                                .put("subject", "system:serviceaccount:default:freshet-gateway")),
                mistake(
                        "a node that stays",
                        THE_CLUSTER_SCALES_FROM_ZERO,
                        deployment -> ((ObjectNode) deployment
                                        .properties("Microsoft.ContainerService/managedClusters")
                                        .at("/agentPoolProfiles/1"))
                                .put("minCount", 1)),
                mistake(
                        "a whole container",
                        ONLY_FOLDERS_OF_RUNS_INPUTS_OUTPUTS_AND_DEAD_LETTERS_GROW_OLD,
                        deployment -> ((ArrayNode) deployment
                                        .properties(ACCOUNTS + "/managementPolicies")
                                        .at("/policy/rules/0/definition/filters/prefixMatch"))
                                .add("jobs/")),
                closed(
                        "a public registry",
                        deployment -> deployment.properties(REGISTRIES).put("publicNetworkAccess", "Enabled")),
                closed(
                        "a registry that does not say",
                        deployment -> deployment.properties(REGISTRIES).remove("publicNetworkAccess")),
                closed(
                        "an open account",
                        deployment -> ((ObjectNode)
                                        deployment.properties(ACCOUNTS).path("networkAcls"))
                                .put("defaultAction", "Allow")),
                Arguments.of("an address", ONLY_WHAT_THE_PARAMETERS_ASK_FOR_IS_PUBLIC, "small", (Consumer<Deployment>)
                        deployment ->
                                deployment.resources().addObject().put("type", "Microsoft.Network/publicIPAddresses")));
    }

    private static Arguments mistake(String name, AzureCheck check, Consumer<Deployment> mistake) {
        return Arguments.of(name, check, "main", mistake);
    }

    private static Arguments closed(String name, Consumer<Deployment> mistake) {
        return Arguments.of(name, ONLY_WHAT_THE_PARAMETERS_ASK_FOR_IS_PUBLIC, "private", mistake);
    }

    private static ObjectNode properties(JsonNode resource) {
        return (ObjectNode) resource.path("properties");
    }

    private static ArrayNode filters(Deployment deployment) {
        return (ArrayNode) deployment.properties(SUBSCRIPTIONS).at("/filter/advancedFilters");
    }

    private static void rename(JsonNode resource) {
        ((ObjectNode) resource).put("name", resource.path("name").asText() + "s");
    }

    private static void widen(Deployment deployment) {
        ObjectNode assignment = (ObjectNode) deployment.all(ASSIGNMENTS).stream()
                .filter(role -> role.path("id").asText().contains("/containers/"))
                .findFirst()
                .orElseThrow();
        assignment.put("id", assignment.path("id").asText().replaceFirst("/blobServices.*(?=/providers)", ""));
    }

    private static void removeARole(Deployment deployment) {
        ArrayNode resources = deployment.resources();
        for (int i = 0; i < resources.size(); i++) {
            if (resources.get(i).path("type").asText().equals(ASSIGNMENTS)) {
                resources.remove(i);
                return;
            }
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("mistakes")
    void aMistakeIsFound(String name, AzureCheck check, String variant, Consumer<Deployment> mistake) {
        Deployment deployment = Deployment.of(variant);
        check.of(deployment);

        mistake.accept(deployment);

        assertThatThrownBy(() -> check.of(deployment)).as(name).isInstanceOf(AssertionError.class);
    }

    @Test
    void onlyVirtualNodesV1NeedAKey() {
        assertThat(Deployment.variants().stream()
                        .filter(variant -> Deployment.of(variant).has("sharedKeyAccess")))
                .containsExactly("addon");
    }

    @Test
    void theReadmeHasEveryParameter() {
        Matcher parameters = Pattern.compile("(?m)^param (\\w+)").matcher(template());

        assertThat(Readme.rows("Parameters").stream().map(row -> row.getFirst().replace("`", "")))
                .containsExactlyInAnyOrderElementsOf(
                        parameters.results().map(found -> found.group(1)).toList());
    }

    private static String template() {
        return Repository.read(Deployment.AZURE.resolve("main.bicep"));
    }

    @Test
    void serviceAccountsAreThoseOfTheManifests() throws IOException {
        Path base = Repository.root().resolve("kubernetes/base");
        String namespace = name(base.resolve("namespace.yaml"));
        List<String> accounts;
        try (Stream<Path> files = Files.list(base)) {
            accounts = files.filter(file -> file.getFileName().toString().startsWith("serviceaccount-"))
                    .map(file -> "system:serviceaccount:" + namespace + ":" + name(file))
                    .toList();
        }

        assertThat(Deployment.of("main").all(CREDENTIALS).stream()
                        .map(credential -> credential.at("/properties/subject").asText())
                        .filter(subject -> !subject.endsWith(":keda-operator")))
                .containsExactlyInAnyOrderElementsOf(accounts);
    }

    private static String name(Path manifest) {
        Matcher name = NAME.matcher(Repository.read(manifest));
        assertThat(name.find()).as("%s has a name", manifest).isTrue();
        return name.group(1);
    }

    @Test
    void theChartKnowsEveryValue() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(Repository.read("kubernetes/chart/values.schema.json"));

        List<List<String>> values = paths(template().split("output values chartValues = ")[1]);

        assertThat(values).hasSizeGreaterThan(5).allSatisfy(path -> {
            JsonNode at = schema;
            for (String key : path) {
                at = at.path("properties").path(key);
            }
            assertThat(at.isMissingNode()).as("the chart knows no %s", path).isFalse();
        });
    }

    /** All paths to values in an object of Bicep. */
    private static List<List<String>> paths(String object) {
        List<List<String>> found = new ArrayList<>();
        Deque<String> at = new ArrayDeque<>();
        IN_BICEP.matcher(object).results().forEach(token -> {
            if (token.group(3) != null) {
                at.pollLast();
            } else if (token.group(2) != null) {
                at.addLast(token.group(1));
            } else {
                List<String> path = new ArrayList<>(at);
                path.add(token.group(1));
                found.add(path);
            }
        });
        return found;
    }
}
