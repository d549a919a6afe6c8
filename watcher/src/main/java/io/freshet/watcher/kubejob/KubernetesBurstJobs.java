package io.freshet.watcher.kubejob;

import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;
import io.freshet.run.RunId;
import io.freshet.watcher.kubejob.ClusterFactory.Cluster;
import io.freshet.watcher.reconcile.BurstJobs;
import io.freshet.watcher.reconcile.BurstJobs.News;
import io.freshet.watcher.reconcile.BurstObservation;
import io.freshet.watcher.reconcile.BurstOrder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Jobs on the cluster that this process runs in, or that its kubeconfig names. Without a cluster it does nothing. */
@Singleton
final class KubernetesBurstJobs implements BurstJobs {
    private static final Logger LOG = Logger.getLogger(KubernetesBurstJobs.class);

    private final Switch bursts;
    private final Provider<KubernetesClient> client;
    private final ClusterFactory factory;
    private final Clock clock;
    private volatile @Nullable Cluster cluster;

    KubernetesBurstJobs(Switch bursts, Provider<KubernetesClient> client, ClusterFactory factory, Clock clock) {
        this.bursts = bursts;
        this.client = client;
        this.factory = factory;
        this.clock = clock;
    }

    @Override
    public Optional<String> obstacle() {
        return bursts.obstacle();
    }

    @Override
    public void start(Consumer<RunId> moved) {
        if (bursts.isOff()) {
            return;
        }
        obstacle().ifPresent(why -> LOG.warnf("Bursts are unavailable: %s", why));
        call("be seen", () -> {
                    Cluster found = factory.of(client.get());
                    found.cache().start(moved);
                    found.around().start();
                    cluster = found;
                    return null;
                })
                .subscribe()
                .with(
                        done -> LOG.infof("Creating Jobs in the namespace %s", factory.namespace(client.get())),
                        failure -> LOG.errorf("Bursts are unavailable: %s", failure.getMessage()));
    }

    @Override
    public BurstObservation observe(BurstOrder order) {
        Cluster now = cluster;
        return now == null || !now.cache().isFilled()
                ? new BurstObservation.Unknown()
                : JobView.of(
                        now.cache().job(now.namespace(), order.name()),
                        now.cache().pods(order.name()),
                        clock.instant());
    }

    @Override
    public Set<RunId> runs() {
        Cluster now = cluster;
        return now == null ? Set.of() : now.cache().runs();
    }

    @Override
    public Uni<Optional<String>> create(BurstOrder order) {
        return call("make Job " + order.name(), () -> there().jobs().create(order));
    }

    @Override
    public Uni<Void> suspend(BurstOrder order) {
        return run("suspend Job " + order.name(), () -> there().jobs().suspend(order));
    }

    @Override
    public Uni<Void> resume(BurstOrder order) {
        return run("resume Job " + order.name(), () -> there().jobs().resume(order));
    }

    @Override
    public Uni<Void> lower(BurstOrder order, int parallelism) {
        return run("lower Job " + order.name(), () -> there().jobs().lower(order, parallelism));
    }

    @Override
    public Uni<Void> remove(BurstOrder order) {
        return run("remove Job " + order.name(), () -> there().jobs().remove(order));
    }

    @Override
    public Uni<Void> removeAll(RunId run) {
        return run("remove the Jobs of run " + run, () -> there().jobs().removeAll(run));
    }

    @Override
    public Uni<Optional<String>> warning(BurstOrder order) {
        return call("list Events", () -> there().events().warning(order.name()));
    }

    /** Without a Job there is nothing to attach an Event to. */
    @Override
    public Uni<Void> tell(BurstOrder order, News news) {
        return run("make an Event", () -> {
            Job job = there().cache().job(there().namespace(), order.name());
            if (job != null) {
                there().events().tell(job, news, clock.instant());
            }
        });
    }

    /** Empty until it has been reached, and without a cluster. */
    Optional<Cluster> cluster() {
        return Optional.ofNullable(cluster);
    }

    private Cluster there() {
        Cluster now = cluster;
        if (now == null) {
            throw new Transient(FailureCode.CLUSTER_UNAVAILABLE, "the cluster has not been reached yet", null);
        }
        return now;
    }

    private static Uni<Void> run(String what, Runnable action) {
        return call(what, () -> {
            action.run();
            return null;
        });
    }

    /** The client blocks, so its calls leave the event loop here. */
    private static <T extends @Nullable Object> Uni<T> call(String what, Supplier<T> action) {
        return Uni.createFrom()
                .item(action)
                .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                .onFailure(KubernetesClientException.class)
                .transform(failure -> translated(what, failure));
    }

    private static Throwable translated(String what, KubernetesClientException failure) {
        LOG.debugf(failure, "Could not %s", what);
        String answer = failure.getCode() == 0 ? "it does not respond" : "it responded with " + failure.getCode();
        return new Transient(FailureCode.CLUSTER_UNAVAILABLE, "could not " + what + ", " + answer, failure);
    }
}
