package io.freshet.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.run.Location;

import java.time.Instant;

/** JSON form of the location of a run in its document. */
final class LocationJson {
    private LocationJson() {}

    static void write(ObjectNode node, Location location) {
        switch (location) {
            case Location.Undecided l -> node.put("is", "Undecided");
            case Location.Cluster l -> {
                node.put("is", "Cluster");
                if (l.reason() != null) {
                    node.put("reason", l.reason());
                }
            }
            case Location.Burst l -> {
                node.put("is", "Burst")
                        .put("since", l.since().toString())
                        .put("parallelism", l.parallelism())
                        .put("nodes", l.nodes())
                        .put("round", l.round());
                if (l.reason() != null) {
                    node.put("reason", l.reason());
                }
            }
            case Location.FellBack l ->
                node.put("is", "FellBack").put("since", l.since().toString()).put("reason", l.reason());
        }
    }

    /** Documents from before locations were introduced have none: nothing was decided for them. */
    static Location read(JsonNode node) {
        String reason = node.hasNonNull("reason") ? node.path("reason").asText() : null;
        return switch (node.path("is").asText("Undecided")) {
            case "Undecided", "" -> Location.UNDECIDED;
            case "Cluster" -> new Location.Cluster(reason);
            case "Burst" ->
                new Location.Burst(
                        since(node),
                        node.path("parallelism").asInt(),
                        node.path("nodes").asText(),
                        node.path("round").asInt(1),
                        reason);
            case "FellBack" -> new Location.FellBack(since(node), String.valueOf(reason));
            default ->
                throw new IllegalArgumentException(
                        "location '" + node.path("is").asText() + "'");
        };
    }

    private static Instant since(JsonNode node) {
        return Instant.parse(node.path("since").asText());
    }
}
