package io.freshet.system;

import io.freshet.dashboard.DashboardBlob;
import io.freshet.system.CrashPoint.Mishap;
import io.freshet.testing.proxy.History;

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

/** Plays stories again and again, each time with something else going wrong, on several stages at once. */
final class Enumeration implements AutoCloseable {
    /** Done by a process when it first needs them, on stages that are warm long ago. */
    private static final Set<String> ONCE = Set.of("CreateQueue", "CreateContainer");

    /** Written as time goes by, for those who look; no run depends on it. */
    private static final String SHOWN = "/" + DashboardBlob.NAME;

    /** To repeat a trial that has failed, by its name. */
    private static final String ONLY = System.getProperty("freshet.only", ".*");

    private final List<Stage> stages;
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Queue<String> unreached = new ConcurrentLinkedQueue<>();
    private final Queue<Mishap> happened = new ConcurrentLinkedQueue<>();

    /** One run: what goes wrong in which story. */
    record Trial(Story story, List<Misfortune> misfortunes) {
        @Override
        public String toString() {
            return story + " with " + misfortunes;
        }
    }

    record Misfortune(CrashPoint point, Mishap mishap) {
        @Override
        public String toString() {
            return mishap + " at " + point;
        }
    }

    Enumeration(int stages) {
        try (ExecutorService starters = Executors.newFixedThreadPool(stages)) {
            List<Future<Stage>> started = new ArrayList<>();
            for (int i = 1; i <= stages; i++) {
                String name = "stage-" + i;
                started.add(starters.submit(() -> new Stage(name)));
            }
            this.stages = started.stream().map(Enumeration::join).toList();
        }
    }

    private static Stage join(Future<Stage> started) {
        try {
            return started.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The points of a story, by a run in which nothing goes wrong. */
    List<CrashPoint> points(Story story) {
        Stage stage = stages.getFirst();
        stage.reset();
        long mark = stage.freshet().proxy().history().mark();
        story.play(stage);
        return points(stage.freshet().proxy().history().since(mark));
    }

    private static List<CrashPoint> points(List<History.Entry> entries) {
        Map<String, Integer> seen = new HashMap<>();
        Collection<CrashPoint> points = new LinkedHashSet<>();
        for (History.Entry entry : entries) {
            if (entry.changed()
                    && !ONCE.contains(entry.request().operation())
                    && !entry.request().target().endsWith(SHOWN)) {
                String role = CrashPoint.roleOf(entry.request().service());
                String operation = entry.request().operation();
                String target = CrashPoint.stable(entry.request());
                int occurrence = seen.merge(role + operation + target, 1, Integer::sum);
                points.add(new CrashPoint(role, operation, target, occurrence));
            }
        }
        return List.copyOf(points);
    }

    /** Every mishap at every point. */
    static List<Trial> trials(Story story, List<CrashPoint> points) {
        return points.stream()
                .flatMap(point -> Arrays.stream(Mishap.values())
                        .filter(point::allows)
                        .map(mishap -> new Trial(story, List.of(new Misfortune(point, mishap)))))
                .toList();
    }

    /** Plays all; what went wrong in the wrong way is in {@link #failures}. */
    void play(List<Trial> trials) {
        Queue<Trial> left = new ConcurrentLinkedQueue<>(
                trials.stream().filter(trial -> trial.toString().matches(ONLY)).toList());
        try (ExecutorService players = Executors.newFixedThreadPool(stages.size())) {
            stages.forEach(stage -> players.submit(() -> {
                for (Trial trial = left.poll(); trial != null; trial = left.poll()) {
                    play(stage, trial);
                }
            }));
        }
    }

    private void play(Stage stage, Trial trial) {
        stage.reset();
        List<CrashPlan> plans = trial.misfortunes().stream()
                .map(m -> stage.plan(m.point(), m.mishap()))
                .toList();
        stage.prepare(plans);
        long begun = System.nanoTime();
        try {
            trial.story().play(stage);
            plans.forEach(this::count);
        } catch (AssertionError | RuntimeException e) {
            failures.add(stage.inspection().report(trial, e));
            stage.clear();
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
        stages.forEach(Stage::close);
    }
}
