package io.freshet.harness.bench;

import io.freshet.harness.Wait;
import io.freshet.harness.bench.Table.Reference;
import io.freshet.harness.service.Service;

import java.time.Duration;
import java.util.Map;

import static io.freshet.harness.bench.Table.format;

/** An idle watcher in front of finished runs that are kept. */
final class KeptBench {
    private static final int FEW = 1_000;
    private static final int MANY = 100_000;
    private static final Duration IDLE = Duration.ofSeconds(30);
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private final Map<String, Lab> sides;
    private final Table table;

    KeptBench(Map<String, Lab> sides, Table table) {
        this.sides = sides;
        this.table = table;
    }

    /** What a watcher takes while it is idle. */
    private record Cost(double cpu, double calls, double mib) {}

    void run() {
        sides.forEach((side, lab) -> {
            Cost few = cost(lab, FEW);
            Cost many = cost(lab, MANY);
            lab.progress("kept runs, " + side + ": " + few + ", " + many);
            row(side, "s CPU", many.cpu, few.cpu);
            row(side, "calls", many.calls, few.calls);
            row(side, "MiB", many.mib, few.mib);
        });
    }

    private void row(String side, String unit, double many, double few) {
        table.row(
                format("idle watcher in %d s, %d runs kept (%s)", IDLE.toSeconds(), MANY, side),
                format("%.2f %s", many, unit),
                Reference.of(format("%d: %.2f", FEW, few), many / few),
                "within 20 %");
    }

    private static Cost cost(Lab lab, int runs) {
        return lab.with(Services.of(1, 1, 1).with("RETENTION", "P30D"), stack -> {
            String prefix = Work.job(stack, 4, 4).path("storageBlobPrefix").asText();
            double seconds = lab.plainSdk(stack, "keep", prefix, Integer.toString(runs));
            lab.progress(format("%d runs are kept after %.0f s", runs, seconds));
            Wait.pause(SETTLE);
            Service watcher = stack.watcher();
            double cpu = Figures.cpuSeconds(watcher.pid());
            Map<String, Double> calls = Stack.calls(watcher);
            Wait.pause(IDLE);
            return new Cost(
                    Figures.cpuSeconds(watcher.pid()) - cpu,
                    Figures.total(Figures.difference(calls, Stack.calls(watcher))),
                    Figures.mib(watcher.pid(), "VmRSS"));
        });
    }
}
