package io.freshet.watcher.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.Cluster;
import io.freshet.dashboard.RunRow;
import org.jspecify.annotations.Nullable;

/** The JSON form of a cluster. */
final class ClusterJson {
    private ClusterJson() {}

    static ObjectNode write(Cluster cluster) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        cluster.nodes()
                .forEach(node -> json.withArray("nodes")
                        .addObject()
                        .put("name", node.name())
                        .put("ready", node.ready())
                        .put("virtual", node.virtual()));
        cluster.pods().forEach(pod -> write(json.withArray("pods").addObject(), pod));
        cluster.scalers()
                .forEach(scaler -> json.withArray("scalers")
                        .addObject()
                        .put("name", scaler.name())
                        .put("active", scaler.active())
                        .put("min", scaler.min())
                        .put("replicas", scaler.replicas())
                        .put("max", scaler.max()));
        cluster.bursts()
                .forEach(burst -> put(
                        json.withArray("bursts")
                                .addObject()
                                .put("run", burst.run())
                                .put("asked", burst.asked())
                                .put("running", burst.running()),
                        "reason",
                        burst.reason()));
        return json;
    }

    private static void write(ObjectNode json, Cluster.Pod pod) {
        json.put("name", pod.name())
                .put("role", pod.role())
                .put("phase", pod.phase())
                .put("since", RunRow.seconds(pod.since()));
        put(json, "node", pod.node());
        put(json, "reason", pod.reason());
        put(json, "run", pod.run());
    }

    private static void put(ObjectNode json, String name, @Nullable String text) {
        if (text != null) {
            json.put(name, text);
        }
    }
}
