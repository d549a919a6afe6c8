package io.freshet.e2e;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Every manifest is one that the API server takes, KEDA's by KEDA's own definitions. */
class ManifestsIT {
    private static final Cluster CLUSTER = Cluster.get();
    private static final String NAMESPACE = "freshet";

    @BeforeAll
    static void createNamespace() {
        CLUSTER.programs().createNamespace(NAMESPACE);
    }

    @AfterAll
    static void deleteNamespace() {
        CLUSTER.deleteNamespace(NAMESPACE);
    }

    static Stream<String> files() {
        return Stream.concat(
                Stream.of("kubernetes/deployment.yaml", "kubernetes/deployment-rbac.yaml"),
                Manifests.keda().stream().map(Manifests::name));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theServerAcceptsEveryFile(String file) {
        assertThat(CLUSTER.kubectl("apply", "--dry-run=server", "--filename", file))
                .contains("(server dry run)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kubernetes/base",
                "kubernetes/overlays/aks",
                "kubernetes/overlays/local",
                "kubernetes/overlays/plain"
            })
    void theServerAcceptsEveryOverlay(String directory) {
        assertThat(CLUSTER.kubectl("apply", "--dry-run=server", "--kustomize", directory))
                .contains("(server dry run)");
    }

    @Test
    void theFilesWithoutKustomizeAreThoseOfTheBase() {
        assertThat(built("kubernetes/base")).isEqualTo(withoutHead("kubernetes/deployment-rbac.yaml"));
        assertThat(built("kubernetes/overlays/plain")).isEqualTo(withoutHead("kubernetes/deployment.yaml"));
    }

    private static String built(String directory) {
        return CLUSTER.kubectl("kustomize", directory);
    }

    private static String withoutHead(String file) {
        return Repository.read(file).replaceAll("(?m)\\A(#.*\n)+", "");
    }

    @Test
    void theChartInstallsByDefaultWhatKustomizeInstalls() {
        Map<String, Object> byKustomize = specifications(built("kubernetes/base"));
        Map<String, Object> byHelm =
                specifications(CLUSTER.helm("template", NAMESPACE, "kubernetes/chart", "--namespace", NAMESPACE));

        assertThat(byKustomize).hasSizeGreaterThan(10);
        assertThat(byHelm).containsAllEntriesOf(byKustomize);
    }

    /** What objects do, by kind and name; how they are labelled is another matter. */
    private static Map<String, Object> specifications(String manifests) {
        Map<String, Object> specifications = new TreeMap<>();
        for (String document : manifests.split("(?m)^---$")) {
            if (!document.isBlank()) {
                HasMetadata object =
                        CLUSTER.client().getKubernetesSerialization().unmarshal(document);
                specification(object)
                        .ifPresent(specification -> specifications.put(
                                object.getKind() + " " + object.getMetadata().getName(), specification));
            }
        }
        return specifications;
    }

    private static Optional<Object> specification(HasMetadata object) {
        return Optional.ofNullable(
                switch (object) {
                    case Deployment deployment ->
                        List.of(
                                deployment.getSpec().getTemplate().getSpec(),
                                String.valueOf(deployment.getSpec().getStrategy()),
                                deployment.getSpec().getSelector());
                    case Role role -> role.getRules();
                    case RoleBinding binding -> List.of(binding.getRoleRef(), binding.getSubjects());
                    case ServiceAccount account -> account.getAutomountServiceAccountToken();
                    case Service service ->
                        List.of(service.getSpec().getPorts(), service.getSpec().getSelector());
                    case PodDisruptionBudget budget -> budget.getSpec();
                    case NetworkPolicy policy -> policy.getSpec();
                    default -> null;
                });
    }
}
