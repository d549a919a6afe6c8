package io.freshet.e2e.azure;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who has which role on what, a line each. */
final class Grants {
    /** The names that all versions of Azure know these roles by. */
    private static final Map<String, String> ROLES = Map.of(
            "7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull",
            "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b", "Azure Kubernetes Service RBAC Cluster Admin",
            "ba92f5b4-2d11-453d-a403-e96b0029c9fe", "Storage Blob Data Contributor",
            "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", "Storage Blob Data Reader",
            "5d977122-f97e-4b4d-a52f-6b43003ddb4d", "Azure Container Instances Contributor Role",
            "d5a91429-5739-47e2-a06b-3470a27159e7", "EventGrid Data Sender",
            "4d97b98b-1d4f-4787-a291-c67834d212e7", "Network Contributor",
            "974c5e8b-45b9-4653-ba55-5f855dd0fb88", "Storage Queue Data Contributor",
            "19e7f393-937e-4f77-808e-94535e297925", "Storage Queue Data Reader",
            "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a", "Storage Queue Data Message Sender");

    private static final List<Named> PRINCIPALS = List.of(
            named(
                    "/userAssignedIdentities/id-freshet-([a-z-]+)'.*\\.principalId\\]$",
                    name -> name.replaceFirst("-", " ")),
            named("/systemTopics/[^']+'.*\\.identity\\.principalId\\]()$", name -> "Event Grid"),
            named("\\.identityProfile\\.kubeletidentity\\.objectId\\]()$", name -> "nodes"),
            named("\\.addonProfiles\\.aciConnectorLinux\\.identity\\.objectId\\]()$", name -> "add-on"),
            named("^\\[deployer\\(\\)\\.objectId\\]()$", name -> "whoever deploys"));

    private static final List<Named> SCOPES = List.of(
            named("/blobServices/default/containers/([\\w-]+)", name -> "container " + name),
            named("/queueServices/default/queues/([\\w-]+)", name -> "queue " + name),
            named("/storageAccounts/\\w+/providers()", name -> "storage account"),
            named("/registries/\\w+/providers()", name -> "registry"),
            named("/subnets/([\\w-]+)/providers", name -> "subnet " + name),
            named("(?:/EventGrid/topics|\\.EventGrid/topics/)()", name -> "topic"),
            named("/managedClusters/[\\w-]+'()", name -> "cluster"),
            named("/resourceGroups/freshet/providers/Microsoft\\.Authorization()", name -> "resource group"));

    private record Named(Pattern pattern, UnaryOperator<String> name) {}

    private Grants() {}

    private static Named named(String pattern, UnaryOperator<String> name) {
        return new Named(Pattern.compile(pattern), name);
    }

    static List<String> of(Deployment deployment) {
        return deployment.all("Microsoft.Authorization/roleAssignments").stream()
                .map(Grants::line)
                .sorted()
                .toList();
    }

    private static String line(JsonNode assignment) {
        JsonNode properties = assignment.path("properties");
        String role = properties.path("roleDefinitionId").asText().replaceFirst(".*/", "");
        return name(PRINCIPALS, properties.path("principalId").asText()) + " | " + ROLES.getOrDefault(role, role)
                + " | " + name(SCOPES, assignment.path("id").asText());
    }

    private static String name(List<Named> patterns, String text) {
        for (Named named : patterns) {
            Matcher found = named.pattern().matcher(text);
            if (found.find()) {
                return named.name().apply(found.group(1));
            }
        }
        return text;
    }
}
