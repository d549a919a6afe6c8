package io.freshet.dashboard;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/** Where the services run, as somebody who may look at it has seen it. */
public record Cluster(List<Node> nodes, List<Pod> pods, List<Scaler> scalers, List<Burst> bursts) {
    public Cluster {
        nodes = List.copyOf(nodes);
        pods = List.copyOf(pods);
        scalers = List.copyOf(scalers);
        bursts = List.copyOf(bursts);
    }

    /** @param virtual whether it stands for serverless capacity */
    public record Node(String name, boolean ready, boolean virtual) {}

    /**
     * @param role gateway, watcher or worker
     * @param node null until it has one
     * @param reason why it is in this phase, as Kubernetes says it
     * @param since when it came into this phase
     * @param run the run that it is for, if it is for one
     */
    public record Pod(
            String name,
            String role,
            @Nullable String node,
            String phase,
            @Nullable String reason,
            Instant since,
            @Nullable String run) {}

    /** An object of KEDA. */
    public record Scaler(String name, boolean active, int min, int replicas, int max) {}

    /**
     * Serverless pods of a run.
     *
     * @param asked pods that were asked for
     * @param running pods that there are
     * @param reason why there are fewer, if there are
     */
    public record Burst(
            String run, int asked, int running, @Nullable String reason) {}
}
