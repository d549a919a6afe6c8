package io.freshet.e2e;

import io.fabric8.kubernetes.api.model.Node;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The cluster's virtual nodes, which take new pods or not, as a test needs it. */
final class VirtualNodes {
    static final String LABEL = "type";
    static final String KIND = "virtual-kubelet";
    /** Takes two pods; made by the first test that needs it, and closed to all others. */
    static final String SMALL = "small-quota";

    private static final int QUOTA = 2;
    private static final Cluster CLUSTER = Cluster.get();

    private VirtualNodes() {}

    /** As they are when nobody tests them. */
    static void openUsual() {
        all().stream().map(VirtualNodes::name).forEach(name -> open(name, !name.equals(SMALL)));
    }

    static void openSmallOnly() {
        if (all().stream().noneMatch(node -> name(node).equals(SMALL))) {
            Machines.addVirtualNode(SMALL, QUOTA);
        }
        all().stream().map(VirtualNodes::name).forEach(name -> open(name, name.equals(SMALL)));
    }

    static void closeAll() {
        all().stream().map(VirtualNodes::name).forEach(name -> open(name, false));
    }

    /** Names of those that are there, the small one left out. */
    static Set<String> usual() {
        return all().stream()
                .map(VirtualNodes::name)
                .filter(name -> !name.equals(SMALL))
                .collect(Collectors.toSet());
    }

    private static void open(String name, boolean open) {
        CLUSTER.kubectl(open ? "uncordon" : "cordon", name);
    }

    private static List<Node> all() {
        List<Node> nodes =
                CLUSTER.client().nodes().withLabel(LABEL, KIND).list().getItems();
        if (nodes.isEmpty()) {
            throw new AssertionError(
                    "No node of the cluster has the label " + LABEL + "=" + KIND + ": bursts need one");
        }
        return nodes;
    }

    private static String name(Node node) {
        return node.getMetadata().getName();
    }
}
