package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.freshet.run.BurstLimits;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Scheduling of pods on each kind of node. */
final class Nodes {
    private static final String V2 = "v2";
    /** By default a pod on a lost node would be kept for 300 seconds. */
    private static final long LOST_AFTER = 5;

    private Nodes() {}

    /** Whether a node with these labels represents serverless capacity. */
    static boolean isVirtual(Map<String, String> labels) {
        return "virtual-kubelet".equals(labels.get("type")) || "virtualnode2".equals(labels.get("virtualization"));
    }

    /** @param kind null: any node of the cluster */
    static Map<String, String> selector(@Nullable String kind, @Nullable String hostName) {
        Map<String, String> labels = new TreeMap<>();
        if (kind == null || kind.equals(BurstLimits.GPU_NODES)) {
            return labels;
        }
        if (kind.equals(V2)) {
            labels.put("virtualization", "virtualnode2");
        } else {
            labels.put("type", "virtual-kubelet");
        }
        if (hostName != null) {
            labels.put("kubernetes.io/hostname", hostName);
        }
        return labels;
    }

    /** Nodes of kind v2 have the label of v1 as well. */
    static @Nullable Affinity affinity(@Nullable String kind) {
        return "v1".equals(kind)
                ? new AffinityBuilder()
                        .withNewNodeAffinity()
                        .withNewRequiredDuringSchedulingIgnoredDuringExecution()
                        .addNewNodeSelectorTerm()
                        .addNewMatchExpression()
                        .withKey("virtualization")
                        .withOperator("NotIn")
                        .withValues("virtualnode2")
                        .endMatchExpression()
                        .endNodeSelectorTerm()
                        .endRequiredDuringSchedulingIgnoredDuringExecution()
                        .endNodeAffinity()
                        .build()
                : null;
    }

    static List<Toleration> tolerations(@Nullable String kind) {
        List<Toleration> lost = List.of(lost("unreachable"), lost("not-ready"));
        return kind == null
                ? lost
                : List.of(taints(kind), lost).stream().flatMap(List::stream).toList();
    }

    private static List<Toleration> taints(String kind) {
        return switch (kind) {
            case BurstLimits.GPU_NODES -> List.of(any("nvidia.com/gpu"), any("sku"));
            case V2 -> List.of(any("virtual-kubelet.io/provider"));
            default -> List.of(any("virtual-kubelet.io/provider"), any("azure.com/aci"));
        };
    }

    private static Toleration any(String key) {
        return new TolerationBuilder()
                .withKey(key)
                .withOperator("Exists")
                .withEffect("NoSchedule")
                .build();
    }

    private static Toleration lost(String condition) {
        return new TolerationBuilder()
                .withKey("node.kubernetes.io/" + condition)
                .withOperator("Exists")
                .withEffect("NoExecute")
                .withTolerationSeconds(LOST_AFTER)
                .build();
    }
}
