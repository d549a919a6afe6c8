package io.freshet.e2e;

import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Who may do what on the cluster, as the table in kubernetes/README.md says. */
class RightsIT {
    private static final String NAMESPACE = "freshet";
    private static final Pattern ROW =
            Pattern.compile("\\| ([a-z]+) \\| ([a-z.0-9]+) \\| (yes|no) \\| (yes|no) \\| (yes|no) \\|");

    @BeforeAll
    static void apply() {
        Cluster.get().kubectl("apply", "--kustomize", "kubernetes/base");
    }

    @AfterAll
    static void remove() {
        Cluster.get().deleteNamespace(NAMESPACE);
    }

    /** @param resource with its group behind a dot, as {@code kubectl auth can-i} takes it */
    record Call(String service, String verb, String resource, boolean allowed) {}

    static Stream<Call> calls() {
        return Repository.section(Repository.read("kubernetes/README.md"), "## Rights")
                .lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .flatMap(row -> Stream.of(call(row, "gateway", 3), call(row, "worker", 4), call(row, "watcher", 5)));
    }

    private static Call call(Matcher row, String service, int column) {
        return new Call(service, row.group(1), row.group(2), row.group(column).equals("yes"));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aServiceMayDoWhatTheTableSays(Call call) {
        assertThat(isAllowed(call, NAMESPACE)).isEqualTo(call.allowed());
    }

    /** Nodes belong to none. */
    static Stream<Call> callsInNamespaces() {
        return calls().filter(call -> !call.resource().equals("nodes"));
    }

    @ParameterizedTest
    @MethodSource("callsInNamespaces")
    void noServiceMayDoAnythingInAnotherNamespace(Call call) {
        assertThat(isAllowed(call, "default")).isFalse();
    }

    private static boolean isAllowed(Call call, String namespace) {
        String[] resource = call.resource().split("\\.", 2);
        SubjectAccessReview review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:" + NAMESPACE + ":freshet-" + call.service())
                .withGroups("system:serviceaccounts", "system:serviceaccounts:" + NAMESPACE, "system:authenticated")
                .withNewResourceAttributes()
                .withNamespace(namespace)
                .withVerb(call.verb())
                .withResource(resource[0])
                .withGroup(resource.length > 1 ? resource[1] : "")
                .endResourceAttributes()
                .endSpec()
                .build();
        return Cluster.get().client().resource(review).create().getStatus().getAllowed();
    }
}
