package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.freshet.watcher.doctor.ClusterExamination;
import io.freshet.watcher.doctor.Finding;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Asks the API server what the watcher may do, and KEDA's objects how they are. */
@Singleton
final class ClusterRights implements ClusterExamination {
    private static final String RIGHTS = "rights on the cluster";
    private static final String KEDA = "KEDA";
    private static final List<Right> NEEDED = List.of(
            new Right("batch", "jobs", List.of("create", "get", "list", "watch", "patch", "delete")),
            new Right("", "pods", List.of("get", "list", "watch")),
            new Right("", "secrets", List.of("create")),
            new Right("", "events", List.of("create", "list")));

    private final Switch bursts;
    private final Provider<KubernetesClient> client;
    private final ClusterFactory factory;
    private final JobsConfig config;

    private record Right(String group, String resource, List<String> verbs) {}

    ClusterRights(Switch bursts, Provider<KubernetesClient> client, ClusterFactory factory, JobsConfig config) {
        this.bursts = bursts;
        this.client = client;
        this.factory = factory;
        this.config = config;
    }

    @Override
    public String subject() {
        return "cluster";
    }

    @Override
    public Multi<Finding> findings() {
        return bursts.isOff()
                ? Multi.createFrom()
                        .item(Finding.skipped("cluster", bursts.obstacle().orElse("nothing is done on one")))
                : Multi.createFrom()
                        .items(() -> Stream.of(rights(), bursts(), scalers()).flatMap(List::stream))
                        .runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }

    private List<Finding> rights() {
        try {
            List<String> missing = new ArrayList<>();
            for (Right right : NEEDED) {
                right.verbs().stream()
                        .filter(verb -> !isAllowed(right, verb))
                        .forEach(verb -> missing.add(verb + " " + right.resource()));
            }
            return List.of(
                    missing.isEmpty()
                            ? Finding.ok(RIGHTS, "all that bursts need, in the namespace " + namespace())
                            : Finding.wrong(
                                    RIGHTS,
                                    "these are missing in the namespace " + namespace() + ": "
                                            + String.join(", ", missing),
                                    "Install with rbac.create, or apply kubernetes/deployment-rbac.yaml"));
        } catch (KubernetesClientException e) {
            return List.of(unreachable(RIGHTS, e));
        }
    }

    private boolean isAllowed(Right right, String verb) {
        return client.get()
                .authorization()
                .v1()
                .selfSubjectAccessReview()
                .create(new SelfSubjectAccessReviewBuilder()
                        .withNewSpec()
                        .withNewResourceAttributes()
                        .withNamespace(namespace())
                        .withGroup(right.group())
                        .withResource(right.resource())
                        .withVerb(verb)
                        .endResourceAttributes()
                        .endSpec()
                        .build())
                .getStatus()
                .getAllowed();
    }

    private List<Finding> bursts() {
        return List.of(bursts.obstacle()
                .map(why -> Finding.wrong("bursts", why, "Set one of these, or BURSTS=off"))
                .orElseGet(() -> Finding.ok("bursts", "pods on virtual nodes can be let into storage")));
    }

    private List<Finding> scalers() {
        try {
            List<Finding> found =
                    Surroundings.scaled(client.get(), namespace(), config.instance()).list().getItems().stream()
                            .map(ClusterRights::scaler)
                            .toList();
            return found.isEmpty()
                    ? List.of(
                            Finding.skipped(KEDA, "no ScaledObject of this installation: workers are not scaled by it"))
                    : found;
        } catch (KubernetesClientException e) {
            return List.of(
                    switch (e.getCode()) {
                        case HttpURLConnection.HTTP_NOT_FOUND -> Finding.skipped(KEDA, "it is not installed");
                        case HttpURLConnection.HTTP_FORBIDDEN ->
                            Finding.skipped(KEDA, "there is no right to see its objects");
                        default -> unreachable(KEDA, e);
                    });
        }
    }

    private static Finding scaler(GenericKubernetesResource scaler) {
        String subject = "ScaledObject " + scaler.getMetadata().getName();
        Optional<Map<?, ?>> ready = condition(scaler, "Ready");
        return ready.filter(condition -> "True".equals(condition.get("status"))).isPresent()
                ? Finding.ok(subject, "ready")
                : Finding.wrong(
                        subject,
                        ready.map(condition -> "not ready: " + condition.get("message"))
                                .orElse("KEDA has said nothing of it"),
                        "Look at the log of the KEDA operator; keda/README.md says what each trigger needs");
    }

    private static Optional<Map<?, ?>> condition(GenericKubernetesResource object, String type) {
        return object.get("status", "conditions") instanceof List<?> all
                ? all.stream()
                        .<Map<?, ?>>mapMulti((one, next) -> {
                            if (one instanceof Map<?, ?> condition && type.equals(condition.get("type"))) {
                                next.accept(condition);
                            }
                        })
                        .findFirst()
                : Optional.empty();
    }

    private static Finding unreachable(String subject, KubernetesClientException failure) {
        String answer = failure.getCode() == 0
                ? "the API server does not answer"
                : "the API server answers " + failure.getCode();
        return Finding.wrong(
                subject, answer, "Look whether the network policy lets the watcher to it, and at its service account");
    }

    private String namespace() {
        return factory.namespace(client.get());
    }
}
