package io.freshet.harness.bench;

import io.freshet.harness.bench.Table.Reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static io.freshet.harness.bench.Table.format;

/** Many small parts: throughput against the same calls made plainly, and calls per part by kind. */
final class PartsBench {
    private static final int LINES_PER_PART = 100;
    private static final int FEW = 100;
    private static final int THREADS = 2;

    private final Lab lab;
    private final Table table;
    private final int rounds;
    private final int parts;

    PartsBench(Lab lab, Table table, int rounds, int parts) {
        this.lab = lab;
        this.table = table;
        this.rounds = rounds;
        this.parts = parts;
    }

    void addTo(Map<String, Runnable> benches) {
        benches.put("parts", this::run);
    }

    private void run() {
        List<Double> ours = new ArrayList<>();
        List<Double> reference = new ArrayList<>();
        Map<String, Double> calls = new HashMap<>();
        for (int round = 1; round <= rounds; round++) {
            lab.with(Services.of(1, 1, 2).threads(THREADS), stack -> {
                Work.job(stack, FEW * LINES_PER_PART, LINES_PER_PART);
                Map<String, Double> before = stack.calls();
                ours.add(Work.seconds(() -> Work.job(stack, (long) parts * LINES_PER_PART, LINES_PER_PART)));
                calls.putAll(Figures.difference(before, stack.calls()));
                reference.add(lab.plainSdk(stack, "parts", Integer.toString(parts), Integer.toString(2 * THREADS)));
                return true;
            });
            lab.progress(format(
                    "parts %d/%d: %.1f s, plain calls %.1f s", round, rounds, ours.getLast(), reference.getLast()));
        }
        double mine = Figures.median(ours);
        double plain = Figures.median(reference);
        table.row(
                format("%d parts of %d lines", parts, LINES_PER_PART),
                format("%.0f parts/s", parts / mine),
                Reference.of(format("plain calls %.0f parts/s", parts / plain), plain / mine),
                ">= 0.6");
        double each = Figures.total(calls) / parts;
        double few = callsPerPart();
        table.row(
                "storage calls per part",
                format("%.2f", each),
                Reference.of(format("with %d parts: %.2f", FEW, few), each / few),
                "<= 9, constant");
        lab.progress("calls per part: "
                + calls.entrySet().stream()
                        .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                        .map(kind -> format("%s %.2f", kind.getKey(), kind.getValue() / parts))
                        .collect(Collectors.joining(", ")));
    }

    private double callsPerPart() {
        return lab.with(Services.of(1, 1, 2).threads(THREADS), stack -> {
            Work.job(stack, FEW * LINES_PER_PART, LINES_PER_PART);
            double idle = stack.idleCallsPerSecond();
            Map<String, Double> before = stack.calls();
            double seconds = Work.seconds(() -> Work.job(stack, FEW * LINES_PER_PART, LINES_PER_PART));
            double made = Figures.total(Figures.difference(before, stack.calls()));
            return (made - idle * seconds) / FEW;
        });
    }
}
