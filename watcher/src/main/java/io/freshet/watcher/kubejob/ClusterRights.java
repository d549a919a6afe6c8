package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.KubernetesClientTimeoutException;
import io.freshet.watcher.doctor.Examination.OfCluster;
import io.freshet.watcher.doctor.Finding;
import io.freshet.watcher.kubejob.Surroundings.Conditions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Checks the watcher's rights with the API server, and the state of KEDA's objects. */
@Singleton
final class ClusterRights implements OfCluster {
    private static final String RIGHTS = "rights on the cluster";
    private static final String KEDA = "KEDA";
    private static final String SCALER = "ScaledObject ";
    private static final String READY = "Ready";
    private static final Duration PATIENCE = Duration.ofMinutes(1);
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
        if (bursts.isOff()) {
            return Multi.createFrom()
                    .item(Finding.skipped("cluster", bursts.obstacle().orElse("nothing is done on one")));
        }
        return Multi.createBy()
                .concatenating()
                .streams(blocking(this::rights).toMulti(), Multi.createFrom().item(this::lettingIn), scalers());
    }

    /** The client blocks, so its calls leave the event loop here. */
    private static <T> Uni<T> blocking(Supplier<T> call) {
        return Uni.createFrom().item(call).runSubscriptionOn(Infrastructure.getDefaultExecutor());
    }

    private Finding rights() {
        try {
            List<String> missing = new ArrayList<>();
            for (Right right : NEEDED) {
                right.verbs().stream()
                        .filter(verb -> !isAllowed(right, verb))
                        .forEach(verb -> missing.add(verb + " " + right.resource()));
            }
            return missing.isEmpty()
                    ? Finding.ok(RIGHTS, "all that bursts need, in the namespace " + namespace())
                    : Finding.wrong(
                            RIGHTS,
                            "missing in the namespace " + namespace() + ": " + String.join(", ", missing),
                            "Install with rbac.create, or apply kubernetes/deployment-rbac.yaml");
        } catch (KubernetesClientException e) {
            return unreachable(RIGHTS, e);
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

    private Finding lettingIn() {
        return bursts.obstacle()
                .map(why -> Finding.wrong("bursts", why, "Set one of these, or BURSTS=off"))
                .orElseGet(() -> Finding.ok("bursts", "pods on virtual nodes can get access to storage"));
    }

    private Multi<Finding> scalers() {
        return blocking(this::listed)
                .onItem()
                .transformToMulti(found -> found.isEmpty()
                        ? Multi.createFrom()
                                .item(Finding.skipped(
                                        KEDA, "no ScaledObject of this installation: workers are not scaled by it"))
                        : Multi.createFrom().iterable(found).onItem().transformToMultiAndConcatenate(this::scaler))
                .onFailure(KubernetesClientException.class)
                .recoverWithItem(failure -> unseen((KubernetesClientException) failure));
    }

    private List<GenericKubernetesResource> listed() {
        return Surroundings.scaled(client.get(), namespace(), config.instance())
                .list()
                .getItems();
    }

    private static Finding unseen(KubernetesClientException failure) {
        return switch (failure.getCode()) {
            case HttpURLConnection.HTTP_NOT_FOUND -> Finding.skipped(KEDA, "it is not installed");
            case HttpURLConnection.HTTP_FORBIDDEN -> Finding.skipped(KEDA, "no right to read its objects");
            default -> unreachable(KEDA, failure);
        };
    }

    /** Right after an installation, KEDA retries a little later what the watcher could not answer yet. */
    private Multi<Finding> scaler(GenericKubernetesResource scaler) {
        String name = scaler.getMetadata().getName();
        if (isReady(scaler)) {
            return Multi.createFrom().item(Finding.ok(SCALER + name, "ready"));
        }
        Finding waiting = Finding.waiting(SCALER + name, "until it is ready, at most " + PATIENCE.toSeconds() + " s");
        return Multi.createBy()
                .concatenating()
                .streams(
                        Multi.createFrom().item(waiting),
                        blocking(() -> awaited(name)).toMulti());
    }

    private Finding awaited(String name) {
        try {
            Surroundings.named(client.get(), namespace(), name)
                    .waitUntilCondition(ClusterRights::isReady, PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return Finding.ok(SCALER + name, "ready");
        } catch (KubernetesClientTimeoutException e) {
            String message = listed().stream()
                    .filter(scaler -> scaler.getMetadata().getName().equals(name))
                    .flatMap(scaler -> Conditions.find(scaler, READY).stream())
                    .map(condition -> "not ready: " + condition.get("message"))
                    .findFirst()
                    .orElse("KEDA reports nothing about it");
            return Finding.wrong(
                    SCALER + name,
                    message,
                    "Check the log of the KEDA operator; keda/README.md says what each trigger needs");
        }
    }

    private static boolean isReady(@Nullable GenericKubernetesResource scaler) {
        return scaler != null && Conditions.hold(scaler, READY);
    }

    private static Finding unreachable(String subject, KubernetesClientException failure) {
        String answer = failure.getCode() == 0
                ? "the API server does not respond"
                : "the API server responded with " + failure.getCode();
        return Finding.wrong(
                subject, answer, "Check whether the network policy lets the watcher reach it, and its service account");
    }

    private String namespace() {
        return factory.namespace(client.get());
    }
}
