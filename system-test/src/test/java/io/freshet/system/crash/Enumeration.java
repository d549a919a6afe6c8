package io.freshet.system.crash;

import io.freshet.dashboard.DashboardBlob;
import io.freshet.harness.fault.History;
import io.freshet.system.cluster.TestedFreshet;
import io.freshet.system.fault.CrashPlan;
import io.freshet.system.fault.CrashPoint;
import io.freshet.system.fault.CrashPoint.Mishap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/** Plays stories again and again, each time with something else going wrong, on several clusters at once. */
final class Enumeration implements AutoCloseable {
    /** Done by a process when it first needs them, on clusters that are warm long ago. */
    private static final Set<String> ONCE = Set.of("CreateQueue", "CreateContainer");

    /** Written as time goes by, for those who look; no run depends on it. */
    private static final String SHOWN = "/" + DashboardBlob.NAME;

    /** To repeat a trial that has failed, by its name. */
    private static final String ONLY = System.getProperty("freshet.only", ".*");

    private final List<CrashCluster> clusters;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> unreached = new ConcurrentLinkedQueue<>();
    private final Queue<Mishap> happened = new ConcurrentLinkedQueue<>();

    /** One run: what goes wrong in which workload. */
    record Trial(Workload workload, List<Misfortune> misfortunes) {
        @Override
        public String toString() {
            return workload + " with " + misfortunes;
        }
    }

    record Misfortune(CrashPoint point, Mishap mishap) {
        @Override
        public String toString() {
            return mishap + " at " + point;
        }
    }

    Enumeration(int clusters) {
        try (ExecutorService starters = Executors.newFixedThreadPool(clusters)) {
            List<Future<CrashCluster>> started = new ArrayList<>();
            for (int i = 1; i <= clusters; i++) {
                String name = "cluster-" + i;
                started.add(starters.submit(() -> new CrashCluster(name)));
            }
            this.clusters = started.stream().map(Enumeration::join).toList();
        }
    }

    private static CrashCluster join(Future<CrashCluster> started) {
        try {
            return started.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The points of a workload, by a run in which nothing goes wrong. */
    List<CrashPoint> points(Workload workload) {
        CrashCluster cluster = clusters.getFirst();
        cluster.reset();
        long mark = cluster.freshet().proxy().history().mark();
        workload.play(cluster);
        return points(cluster.freshet().proxy().history().since(mark));
    }

    private static List<CrashPoint> points(List<History.Entry> entries) {
        Map<String, Integer> seen = new HashMap<>();
        Collection<CrashPoint> points = new LinkedHashSet<>();
        for (History.Entry entry : entries) {
            if (entry.changed()
                    && !ONCE.contains(entry.request().operation())
                    && !entry.request().target().endsWith(SHOWN)) {
                String role = TestedFreshet.moduleOf(entry.request().service());
                String operation = entry.request().operation();
                String target = CrashPoint.stable(entry.request());
                int occurrence = seen.merge(role + operation + target, 1, Integer::sum);
                points.add(new CrashPoint(role, operation, target, occurrence));
            }
        }
        return List.copyOf(points);
    }

    /** Every mishap at every point. */
    static List<Trial> trials(Workload workload, List<CrashPoint> points) {
        return points.stream()
                .flatMap(point -> Arrays.stream(Mishap.values())
                        .filter(point::allows)
                        .map(mishap -> new Trial(workload, List.of(new Misfortune(point, mishap)))))
                .toList();
    }

    /** Plays all; what went wrong in the wrong way is in {@link #failures}. */
    void play(List<Trial> trials) {
        Queue<Trial> left = new ConcurrentLinkedQueue<>(
                trials.stream().filter(trial -> trial.toString().matches(ONLY)).toList());
        try (ExecutorService players = Executors.newFixedThreadPool(clusters.size())) {
            clusters.forEach(cluster -> players.submit(() -> {
                for (Trial trial = left.poll(); trial != null; trial = left.poll()) {
                    play(cluster, trial);
                }
            }));
        }
    }

    private void play(CrashCluster cluster, Trial trial) {
        cluster.reset();
        List<CrashPlan> plans = trial.misfortunes().stream()
                .map(m -> cluster.plan(m.point(), m.mishap()))
                .toList();
        cluster.prepare(plans);
        long begun = System.nanoTime();
        try {
            trial.workload().play(cluster);
            plans.forEach(this::count);
        } catch (AssertionError | RuntimeException e) {
            failures.add(cluster.checker().report(trial, e));
            cluster.clear();
        }
        System.err.printf("%6d ms %s%n", (System.nanoTime() - begun) / 1_000_000, trial);
    }

    private void count(CrashPlan plan) {
        if (plan.happened().isDone()) {
            happened.add(plan.mishap());
        } else {
            unreached.add(plan.toString());
        }
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    /** What happened how often, and which points did not come up: what runs at once is not always in the same order. */
    String summary() {
        return happened.stream().collect(Collectors.groupingBy(m -> m, Collectors.counting())) + ", not reached "
                + List.copyOf(unreached);
    }

    @Override
    public void close() {
        clusters.forEach(CrashCluster::close);
    }
}
