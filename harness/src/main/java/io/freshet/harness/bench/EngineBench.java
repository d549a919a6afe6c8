package io.freshet.harness.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.Wait;
import io.freshet.harness.api.Job;
import io.freshet.harness.bench.Table.Reference;
import io.freshet.harness.service.Packaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import static io.freshet.harness.bench.Table.format;

/**
 * What the engine is measured by: how quick a small job is, alone and behind a large one, and whether what a run costs the
 * watcher grows. Each beside the same on another checkout, the base, if there is one.
 */
final class EngineBench {
    static final Duration LOOK = Duration.ofMillis(10);

    private static final int SMALL_JOBS = 50;
    private static final int WARM_JOBS = 10;
    private static final int LARGE = 5_000;
    private static final int LARGER = 20_000;
    private static final Duration SETTLE = Duration.ofSeconds(20);
    private static final int LINE_BYTES = 66;
    private static final int MIB = 1 << 20;
    private static final long MILLION = 1_000_000;
    private static final Services SERVICES = Services.of(1, 1, 2);

    private final Lab lab;
    private final Map<String, Lab> sides = new LinkedHashMap<>();
    private final Table table;
    private final int rounds;
    private final Function<String, Packaging> packaging;

    EngineBench(Lab lab, Optional<Lab> base, Table table, int rounds) {
        this.lab = lab;
        this.table = table;
        this.rounds = rounds;
        this.packaging = lab.nativeIfBuilt();
        sides.put("now", lab);
        base.ifPresent(other -> sides.put("base", other));
    }

    void addTo(Map<String, Runnable> benches) {
        benches.put("small", this::small);
        benches.put("behind", this::behind);
        benches.put("growth", this::growth);
        benches.put("kept", new KeptBench(sides, table)::run);
        benches.put("cancel", this::cancel);
        benches.put("tail", this::tail);
        benches.put("million", this::million);
    }

    private Services services(Lab side) {
        Services services = SERVICES.threads(2);
        return side == lab ? services.packaged(packaging) : services;
    }

    private String natively() {
        return packaging.apply("gateway") == Packaging.NATIVE ? ", native" : "";
    }

    /** How a figure is told. */
    private record Figure(String name, String unit, int digits, String aim) {
        String written(double value) {
            return Table.number(value, digits) + " " + unit;
        }
    }

    /** Measures on both sides, alternating, and tells the medians. */
    private void beside(Figure figure, int times, ToDoubleFunction<Lab> action) {
        Map<String, List<Double>> values = new HashMap<>();
        for (int round = 1; round <= times; round++) {
            for (Map.Entry<String, Lab> side : sides.entrySet()) {
                double value = action.applyAsDouble(side.getValue());
                values.computeIfAbsent(side.getKey(), name -> new ArrayList<>()).add(value);
                lab.progress(format("%s %d/%d, %s: %.3f", figure.name(), round, times, side.getKey(), value));
            }
        }
        double now = Figures.median(values.getOrDefault("now", List.of()));
        List<Double> before = values.getOrDefault("base", List.of());
        Reference reference = before.isEmpty()
                ? Reference.none()
                : Reference.of("base " + figure.written(Figures.median(before)), now / Figures.median(before));
        table.row(figure.name(), figure.written(now), reference, figure.aim());
    }

    private void small() {
        Figure figure = new Figure("job of 4 lines, submit to Complete" + natively(), "ms", 0, "< 400 ms");
        beside(
                figure,
                1,
                side -> side.with(services(side), stack -> {
                    warm(stack);
                    // by looks: an event stream tells less often
                    return 1000 * Figures.median(Work.repeated(SMALL_JOBS, () -> secondsByLooks(stack)));
                }));
    }

    private static List<Double> warm(Stack stack) {
        return Work.repeated(WARM_JOBS, () -> Work.seconds(() -> Work.job(stack, 4, 4)));
    }

    private static double secondsByLooks(Stack stack) {
        return Work.seconds(() -> {
            Job job = Work.submit(stack, 4, 4, "calculator");
            while (!job.status().equals("Complete")) {
                Wait.pause(LOOK);
            }
        });
    }

    /** A job of one part behind one of 5,000. */
    private void behind() {
        Figure figure = new Figure("1 part behind " + LARGE + " parts, by its time alone" + natively(), "x", 1, "<= 3");
        beside(
                figure,
                rounds,
                side -> side.with(services(side), stack -> {
                    List<Double> alone = warm(stack);
                    awaitBegun(Work.submit(stack, LARGE, 1, "identity"));
                    double after = Work.seconds(() -> Work.job(stack, 4, 4));
                    return after / Figures.median(alone);
                }));
    }

    private static void awaitBegun(Job job) {
        while (job.succeeded() < WARM_JOBS) {
            Wait.pause(LOOK);
        }
    }

    /** What the watcher asks of storage for a run, by its size. */
    private void growth() {
        sides.forEach((side, bench) -> {
            double large = watchersCalls(bench, LARGE);
            double larger = watchersCalls(bench, LARGER);
            table.row(
                    format("watcher's storage calls per 1,000 parts, %d parts (%s)", LARGER, side),
                    format("%.0f", larger),
                    Reference.of(format("%d parts: %.0f", LARGE, large), larger / large),
                    "constant");
        });
    }

    private double watchersCalls(Lab bench, int parts) {
        return bench.with(services(bench), stack -> {
            Work.job(stack, 100, 1, "identity");
            Map<String, Double> before = Stack.calls(stack.watcher());
            Work.job(stack, parts, 1, "identity");
            double made = Figures.total(Figures.difference(before, Stack.calls(stack.watcher())));
            lab.progress(format("watcher's calls per 1000 parts, %d parts: %.0f", parts, 1000 * made / parts));
            return 1000 * made / parts;
        });
    }

    /** Messages that workers still take from the queue after a large run was canceled. */
    private void cancel() {
        Figure figure = new Figure("cancel of " + LARGER + " parts: messages still dropped", "", 0, "<= 512");
        beside(
                figure,
                1,
                side -> side.with(SERVICES.threads(2), stack -> {
                    Job job = Work.submit(stack, LARGER, 1, "identity");
                    awaitBegun(job);
                    job.cancel();
                    double before = deletedMessages(stack);
                    job.follow(look -> {});
                    double last;
                    double now = deletedMessages(stack);
                    do {
                        last = now;
                        Wait.pause(SETTLE);
                        now = deletedMessages(stack);
                    } while (last != now);
                    return now - before;
                }));
    }

    private static double deletedMessages(Stack stack) {
        return stack.of("worker").stream()
                .mapToDouble(worker -> Stack.calls(worker).getOrDefault("DeleteMessage", 0.0))
                .sum();
    }

    /** From the last part's settling to results that can be read. */
    private void tail() {
        tail(40, 2);
        tail(1_000, 1);
    }

    private void tail(int parts, int mib) {
        Figure figure =
                new Figure(format("last of %d parts of %d MiB settled to results", parts, mib), "ms", 0, "< 300 ms");
        beside(
                figure,
                rounds,
                side -> side.with(services(side), stack -> {
                    Work.job(stack, 400, 4, "identity");
                    long lines = (long) mib * MIB / LINE_BYTES;
                    return resultsAfterLastPart(Work.submit(stack, parts * lines, lines, "identity"), parts);
                }));
    }

    private static double resultsAfterLastPart(Job job, int parts) {
        long settled = 0;
        while (true) {
            JsonNode document = job.document();
            if (settled == 0 && document.path("succeeded").asInt() == parts) {
                settled = System.nanoTime();
            }
            if (document.path("status").asText().equals("Complete")) {
                return 1000 * Figures.secondsSince(settled);
            }
            Wait.pause(LOOK);
        }
    }

    /** A million lines, by the time that the emulator's blobs alone take of a processor. */
    private void million() {
        List<Double> cpu = new ArrayList<>();
        List<Double> wall = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            lab.with(SERVICES.packaged(packaging), stack -> {
                Work.job(stack, 100_000, 25_000);
                double before = Figures.cpuSeconds(stack.blobStorage());
                wall.add(Work.seconds(() -> Work.job(stack, MILLION, 25_000)));
                cpu.add(Figures.cpuSeconds(stack.blobStorage()) - before);
                return true;
            });
            lab.progress(format(
                    "million lines %d/%d: %.1f s, emulator's CPU %.1f s",
                    round, rounds, wall.getLast(), cpu.getLast()));
        }
        double ours = Figures.median(wall);
        double emulators = Figures.median(cpu);
        table.row(
                "1,000,000 lines in 40 parts" + natively(),
                format("%.1f s", ours),
                Reference.of(format("CPU of the emulator's blobs %.1f s", emulators), ours / emulators),
                "<= 1.3");
    }
}
