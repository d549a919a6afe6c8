package io.freshet.system.crash;

import io.freshet.system.crash.Enumeration.Misfortune;
import io.freshet.system.crash.Enumeration.Trial;
import io.freshet.system.fault.CrashPoint;
import io.freshet.system.fault.CrashPoint.Mishap;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever dies, and whenever. All of it takes long, because a service that was killed has to start again; so this loses
 * every answer of the undisturbed workload and kills at every tenth point, and {@code make crashes ALL=1} does all there is.
 */
final class CrashPointsIT {
    private static final int STAGES = Integer.getInteger("freshet.stages", 2);
    private static final boolean ALL = Boolean.getBoolean("freshet.all");
    private static final int KILLED_AT = 10;

    @Test
    void aRunSurvivesEveryCrashOfEveryService() {
        try (Enumeration enumeration = new Enumeration(STAGES)) {
            if (ALL) {
                everything(enumeration);
            } else {
                enumeration.play(some(enumeration.points(Workload.UNDISTURBED)));
            }
            System.err.println(enumeration.summary());

            assertThat(enumeration.failures()).isEmpty();
        }
    }

    private static List<Trial> some(List<CrashPoint> points) {
        return Enumeration.trials(Workload.UNDISTURBED, points).stream()
                .filter(trial -> {
                    Misfortune misfortune = trial.misfortunes().getFirst();
                    return misfortune.mishap() == Mishap.ANSWER_LOST
                            || points.indexOf(misfortune.point()) % KILLED_AT == 0;
                })
                .toList();
    }

    private static void everything(Enumeration enumeration) {
        for (Workload workload : Workload.values()) {
            if (!workload.canBePlayed()) {
                System.err.println(workload + ": left out, because executables load no orchestrations");
                continue;
            }
            List<CrashPoint> points = enumeration.points(workload);
            System.err.println(workload + ": " + points.size() + " points");
            enumeration.play(Enumeration.trials(workload, workload.crashes(points)));
        }
        List<CrashPoint> points = enumeration.points(Workload.UNDISTURBED);
        List<Trial> pairs = pairs(merging(points, "worker"), merging(points, "watcher"));
        System.err.println("worker and watcher while results are made: " + pairs.size() + " pairs");
        assertThat(pairs).as("pairs out of %s", points).isNotEmpty();
        enumeration.play(pairs);
    }

    /** What a service does from the first head start of the results to the end of the run. */
    private static List<CrashPoint> merging(List<CrashPoint> points, String role) {
        int merge = first(points, 0, point -> point.target().endsWith("/results.json"));
        int deletion = first(points, merge, point -> point.role().equals("gateway"));
        return points.subList(merge, deletion).stream()
                .filter(point -> point.role().equals(role))
                .toList();
    }

    private static int first(List<CrashPoint> points, int from, Predicate<CrashPoint> wanted) {
        return IntStream.range(from, points.size())
                .filter(i -> wanted.test(points.get(i)))
                .findFirst()
                .orElse(points.size());
    }

    private static List<Trial> pairs(List<CrashPoint> workers, List<CrashPoint> watchers) {
        List<Trial> trials = new ArrayList<>();
        for (CrashPoint worker : workers) {
            for (CrashPoint watcher : watchers) {
                trials.add(new Trial(
                        Workload.UNDISTURBED,
                        List.of(
                                new Misfortune(worker, Mishap.KILLED_AFTER),
                                new Misfortune(watcher, Mishap.KILLED_AFTER))));
            }
        }
        return trials;
    }
}
