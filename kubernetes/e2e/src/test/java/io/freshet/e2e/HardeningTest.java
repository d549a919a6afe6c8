package io.freshet.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** What no pod may lack, wherever its manifest stands. */
class HardeningTest {

    /** Pods by the file that they stand in. */
    static Stream<Pod> pods() {
        return Stream.of(
                        List.of("keda/scaled-job.yaml"),
                        List.of("kubernetes/deployment.yaml", "kubernetes/deployment-rbac.yaml"))
                .flatMap(List::stream)
                .flatMap(file -> Manifests.yaml(file).stream()
                        .flatMap(object -> Stream.of("/spec/template/spec", "/spec/jobTargetRef/template/spec")
                                .map(object::at)
                                .filter(spec -> !spec.isMissingNode())
                                .map(spec -> new Pod(
                                        file + " " + object.at("/metadata/name").asText(), spec))));
    }

    record Pod(String name, JsonNode spec) {
        JsonNode container() {
            return spec.at("/containers/0");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @ParameterizedTest
    @MethodSource("pods")
    void itIsNobodyAndCanWriteNothingAndGainNothing(Pod pod) {
        JsonNode security = pod.spec().path("securityContext");
        JsonNode container = pod.container().path("securityContext");

        assertThat(security.path("runAsNonRoot").asBoolean()).isTrue();
        assertThat(security.path("runAsUser").asInt()).isEqualTo(10_001);
        assertThat(security.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(container.path("readOnlyRootFilesystem").asBoolean()).isTrue();
        assertThat(container.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        assertThat(container.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
    }

    @ParameterizedTest
    @MethodSource("pods")
    void itHasResourcesAndNoVariablesOfServices(Pod pod) {
        assertThat(pod.container().at("/resources/requests/cpu").isMissingNode())
                .isFalse();
        assertThat(pod.container().at("/resources/requests/memory").isMissingNode())
                .isFalse();
        assertThat(pod.container().at("/resources/limits/memory").isMissingNode())
                .isFalse();
        assertThat(pod.spec().path("enableServiceLinks").asBoolean(true)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("pods")
    void onlyTheWatcherHasATokenAndOnlyWhereItHasRights(Pod pod) {
        boolean expected = pod.name().equals("kubernetes/deployment-rbac.yaml freshet-watcher");

        assertThat(pod.spec().path("automountServiceAccountToken").asBoolean(true))
                .isEqualTo(expected);
    }
}
