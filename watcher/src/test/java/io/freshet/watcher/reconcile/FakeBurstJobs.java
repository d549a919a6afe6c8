package io.freshet.watcher.reconcile;

import io.freshet.run.RunId;
import io.freshet.watcher.reconcile.BurstJobs.News;
import io.freshet.watcher.reconcile.BurstObservation.Pod;
import io.freshet.watcher.reconcile.BurstObservation.Stage;
import io.smallrye.mutiny.Uni;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A cluster in memory; what becomes of pods is said by the test. */
final class FakeBurstJobs implements BurstJobs {
    /** Why no Job can be made. */
    Optional<String> obstacle = Optional.of("there is no Kubernetes cluster");

    /** False: no call is answered. */
    boolean answers = true;

    Optional<String> refusal = Optional.empty();
    Optional<String> warning = Optional.empty();

    final Map<String, BurstOrder> orders = new HashMap<>();
    final Map<String, BurstObservation> seen = new HashMap<>();
    final List<String> calls = new ArrayList<>();
    final List<News> told = new ArrayList<>();

    static BurstObservation.Active active(int wanted, Stage... pods) {
        return new BurstObservation.Active(
                wanted,
                List.of(pods).stream().map(stage -> new Pod(stage, "Reason")).toList());
    }

    /** All pods of the Job run. */
    void allRun(String job) {
        int pods = orders.get(job).pods();
        seen.put(
                job,
                active(
                        pods,
                        IntStream.range(0, pods).mapToObj(i -> Stage.RUNNING).toArray(Stage[]::new)));
    }

    @Override
    public Optional<String> obstacle() {
        return obstacle;
    }

    @Override
    public void start(Consumer<RunId> moved) {}

    @Override
    public BurstObservation observe(BurstOrder order) {
        return seen.getOrDefault(order.name(), new BurstObservation.Absent());
    }

    @Override
    public Set<RunId> runs() {
        return orders.values().stream().map(BurstOrder::run).collect(Collectors.toSet());
    }

    @Override
    public Uni<Optional<String>> create(BurstOrder order) {
        return call("create " + order.name()).map(done -> {
            if (refusal.isEmpty()) {
                orders.put(order.name(), order);
                seen.put(order.name(), active(order.pods()));
            }
            return refusal;
        });
    }

    @Override
    public Uni<Void> suspend(BurstOrder order) {
        return call("suspend " + order.name())
                .invoke(() -> seen.put(order.name(), new BurstObservation.Suspended()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> resume(BurstOrder order) {
        return call("resume " + order.name())
                .invoke(() -> seen.put(order.name(), active(order.pods())))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> lower(BurstOrder order, int parallelism) {
        return call("lower " + order.name() + " to " + parallelism).replaceWithVoid();
    }

    @Override
    public Uni<Void> remove(BurstOrder order) {
        return call("remove " + order.name()).invoke(() -> forget(order.name())).replaceWithVoid();
    }

    @Override
    public Uni<Void> removeAll(RunId run) {
        return call("remove all of " + run)
                .invoke(() -> List.copyOf(orders.values()).stream()
                        .filter(order -> order.run().equals(run))
                        .forEach(order -> forget(order.name())))
                .replaceWithVoid();
    }

    @Override
    public Uni<Optional<String>> warning(BurstOrder order) {
        return call("warning").replaceWith(warning);
    }

    @Override
    public Uni<Void> tell(BurstOrder order, News news) {
        return call("tell").invoke(() -> told.add(news)).replaceWithVoid();
    }

    private void forget(String job) {
        orders.remove(job);
        seen.remove(job);
    }

    private Uni<Boolean> call(String what) {
        return Uni.createFrom().item(() -> {
            if (!answers) {
                throw new IllegalStateException("the cluster is away");
            }
            calls.add(what);
            return true;
        });
    }
}
