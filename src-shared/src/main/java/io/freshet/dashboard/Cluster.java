package io.freshet.dashboard;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** The cluster that the services run in, as seen by a watcher with the right to look. */
public record Cluster(List<Node> nodes, List<Pod> pods, List<Scaler> scalers, List<Burst> bursts) {
    public Cluster {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
        scalers = List.copyOf(scalers);
        bursts = List.copyOf(bursts);
    }

    /** @param virtual whether it represents serverless capacity */
    public record Node(String name, boolean ready, boolean virtual) {}

    /**
     * @param role gateway, watcher or worker
     * @param node null until it has one
     * @param reason why it is in this phase, in the words of Kubernetes
     * @param since when it entered this phase
     * @param run the run that it belongs to, if any
     */
    public record Pod(
            String name,
            String role,
            @Nullable String node,
            String phase,
            @Nullable String reason,
            Instant since,
            @Nullable String run) {}

    /** One of KEDA's ScaledObjects. */
    public record Scaler(String name, boolean active, int min, int replicas, int max) {}

    /**
     * Serverless pods of a run.
     *
     * @param asked pods that were requested
     * @param running pods that are running
     * @param reason why there are fewer, if there are
     */
    public record Burst(
            String run, int asked, int running, @Nullable String reason) {}
}
