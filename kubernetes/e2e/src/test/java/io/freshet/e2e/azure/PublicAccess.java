package io.freshet.e2e.azure;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/** Whether a resource can be reached from everywhere. */
final class PublicAccess {
    /** Those that are, unless they say otherwise. */
    private static final List<String> KNOWN =
            List.of("/storageAccounts", "/registries", "/EventGrid/topics", ".EventGrid/topics", "/workspaces");

    private PublicAccess() {}

    static boolean isOpen(JsonNode resource) {
        String type = resource.path("type").asText();
        JsonNode properties = resource.path("properties");
        if (type.endsWith("/publicIPAddresses")) {
            return true;
        }
        if (type.endsWith("/managedClusters")) {
            return !properties
                    .at("/apiServerAccessProfile/enablePrivateCluster")
                    .asBoolean();
        }
        if (properties.path("allowBlobPublicAccess").asBoolean()
                || !properties.path("publicAccess").asText("None").equals("None")
                || properties.path("anonymousPullEnabled").asBoolean()) {
            return true;
        }
        List<String> switches = new ArrayList<>();
        collect(properties, switches);
        boolean open = switches.isEmpty()
                ? KNOWN.stream().anyMatch(type::endsWith)
                : switches.stream().anyMatch(value -> !value.equals("Disabled"));
        return open && !properties.at("/networkAcls/defaultAction").asText().equals("Deny");
    }

    /** Every {@code publicNetworkAccess…}, however deep. */
    private static void collect(JsonNode value, List<String> switches) {
        value.properties().forEach(property -> {
            if (property.getKey().startsWith("publicNetworkAccess")) {
                switches.add(property.getValue().asText());
            }
            collect(property.getValue(), switches);
        });
        if (value.isArray()) {
            value.forEach(element -> collect(element, switches));
        }
    }
}
