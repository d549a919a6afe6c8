package io.freshet.harness.bench;

import io.freshet.harness.Wait;
import io.freshet.harness.fault.Fault;
import io.freshet.harness.fault.StorageLink;
import io.freshet.harness.fault.StorageProxy;
import io.freshet.harness.service.Packaging;
import io.freshet.harness.service.Service;
import io.freshet.harness.storage.Azurite;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.DoubleFunction;
import java.util.function.DoubleSupplier;

import static io.freshet.harness.bench.Table.format;

/**
 * The packagings beside each other: jar, jar with AOT cache ({@code make aot}), native executable ({@code make native}); those
 * that are built. What is measured is alone on the machine but for the storage emulator and the services that it needs.
 */
final class PackagingBench {
    private static final List<Packaging> ALL = List.of(Packaging.JAR, Packaging.AOT, Packaging.NATIVE);
    private static final Duration IDLE = Duration.ofSeconds(5);
    private static final int STARTS = 10;
    private static final int BUSY_PARTS = 10;
    private static final int LINES_PER_PART = 100_000;
    private static final double MIB = 1 << 20;

    private final Lab lab;
    private final Table table;
    private final int rounds;
    private final long largeMib;

    PackagingBench(Lab lab, Table table, int rounds, long largeMib) {
        this.lab = lab;
        this.table = table;
        this.rounds = rounds;
        this.largeMib = largeMib;
    }

    static Table table() {
        return new Table("figure", "jar", "aot", "native", "aim");
    }

    void addTo(Map<String, Runnable> benches) {
        benches.put("start", this::start);
        benches.put("computing", this::computing);
        benches.put("uploading", this::uploading);
    }

    private List<Packaging> built() {
        return ALL.stream().filter(lab::isBuilt).toList();
    }

    /** One figure, by packaging. */
    private static final class Series {
        private final Map<Packaging, List<Double>> values = new EnumMap<>(Packaging.class);

        void add(Packaging packaging, double value) {
            values.computeIfAbsent(packaging, kind -> new ArrayList<>()).add(value);
        }

        double last(Packaging packaging) {
            return values.getOrDefault(packaging, List.of(0.0)).getLast();
        }

        String told(Packaging packaging, DoubleFunction<String> written) {
            return values.containsKey(packaging) ? written.apply(Figures.median(values.get(packaging))) : "";
        }
    }

    private void row(String figure, Series series, DoubleFunction<String> written, String aim) {
        table.row(
                figure,
                series.told(Packaging.JAR, written),
                series.told(Packaging.AOT, written),
                series.told(Packaging.NATIVE, written),
                aim);
    }

    /** From the start of the process to its first claim: storage warm, a run waiting. */
    private void start() {
        Series taken = new Series();
        List<Packaging> built = built();
        int starts = Math.max(rounds, STARTS);
        lab.with(Services.of(1, 1, 0), stack -> {
            Work.submit(stack, (starts + 1L) * built.size(), 1, "identity");
            try (StorageProxy proxy = new StorageProxy(stack.azurite())) {
                for (int round = 0; round <= starts; round++) {
                    for (Packaging packaging : built) {
                        double milliseconds = firstClaim(stack, proxy.link("worker"), packaging);
                        // the first round warms the storage emulator and the page cache
                        if (round > 0) {
                            taken.add(packaging, milliseconds);
                        }
                    }
                }
            }
            return true;
        });
        row(
                "worker: process start to first claim",
                taken,
                ms -> format("%.0f ms", ms),
                "native < 60 ms, AOT < 1/2 of the jar");
    }

    private static double firstClaim(Stack stack, StorageLink link, Packaging packaging) {
        CompletableFuture<Long> claimed = new CompletableFuture<>();
        link.plan(request -> request.operation().equals("AcquireLease")
                ? new Fault.After(answer -> {
                    if (answer.succeeded()) {
                        claimed.complete(System.nanoTime());
                    }
                    return Fault.Ending.DELIVERED;
                })
                : Fault.NONE);
        String seen = Azurite.connectionString(link.blobPort(), stack.azurite().queuePort());
        long begun = System.nanoTime();
        Service worker = stack.start(
                "worker", packaging, Map.of("AZURE_STORAGE_CONNECTION_STRING", seen, "WORKER_CONCURRENCY", "1"));
        double milliseconds = (claimed.join() - begun) / 1e6;
        worker.kill9();
        return milliseconds;
    }

    /** What a service costs, by packaging: before its work, and at it. */
    private record Costs(Series before, Series peak, Series rate, Series perCpu) {
        static Costs none() {
            return new Costs(new Series(), new Series(), new Series(), new Series());
        }

        /** Measures work of a size on a process. */
        void measure(Packaging packaging, long process, double size, DoubleSupplier seconds) {
            double cpu = Figures.cpuSeconds(process);
            rate.add(packaging, size / seconds.getAsDouble());
            peak.add(packaging, Figures.mib(process, "VmHWM"));
            perCpu.add(packaging, size / (Figures.cpuSeconds(process) - cpu));
        }
    }

    /** A worker's memory without work, and at its peak while it computes; lines per second, by clock and by CPU. */
    private void computing() {
        Costs costs = Costs.none();
        List<Packaging> built = built();
        for (int round = 1; round <= rounds; round++) {
            for (Packaging packaging : built) {
                compute(packaging, costs);
                lab.progress(format(
                        "computing %d/%d, %s: %.0f MiB idle, %.0f MiB busy",
                        round, rounds, Lab.name(packaging), costs.before.last(packaging), costs.peak.last(packaging)));
            }
        }
        row("worker: RSS idle", costs.before, PackagingBench::mebibytes, "native < 64 MiB");
        row(
                format("worker: peak RSS, %d parts of %d lines", BUSY_PARTS, LINES_PER_PART),
                costs.peak,
                PackagingBench::mebibytes,
                "native < 128 MiB");
        row("worker: lines/s, from submission to results", costs.rate, PackagingBench::thousands, "");
        row("worker: lines per second of CPU", costs.perCpu, PackagingBench::thousands, "");
    }

    private void compute(Packaging packaging, Costs costs) {
        long lines = (long) BUSY_PARTS * LINES_PER_PART;
        Services services =
                Services.of(1, 1, 1).threads(2).packaged(module -> module.equals("worker") ? packaging : Packaging.JAR);
        lab.with(services, stack -> {
            long worker = stack.worker().pid();
            Wait.pause(IDLE);
            costs.before.add(packaging, Figures.mib(worker, "VmRSS"));
            costs.measure(
                    packaging,
                    worker,
                    (double) lines,
                    () -> Work.seconds(() -> Work.job(stack, lines, LINES_PER_PART)));
            return true;
        });
    }

    /** A gateway's start, its memory after a large upload, and how fast that was. */
    private void uploading() {
        Costs costs = Costs.none();
        Path file = Work.lines(lab, largeMib);
        List<Packaging> built = built();
        for (int round = 1; round <= rounds; round++) {
            for (Packaging packaging : built) {
                upload(packaging, file, costs);
                lab.progress(format(
                        "uploading %d/%d, %s: ready after %.0f ms, %.0f MiB",
                        round, rounds, Lab.name(packaging), costs.before.last(packaging), costs.peak.last(packaging)));
            }
        }
        row("gateway: process start to ready", costs.before, ms -> format("%.0f ms", ms), "native < 60 ms");
        String peak = format("gateway: peak RSS, %.0f MiB uploaded", StreamBench.size(file) / MIB);
        row(peak, costs.peak, PackagingBench::mebibytes, "native < 128 MiB");
        row("gateway: upload", costs.rate, r -> format("%.0f MiB/s", r), "");
        row("gateway: upload per second of CPU", costs.perCpu, r -> format("%.0f MiB", r), "");
    }

    private void upload(Packaging packaging, Path file, Costs costs) {
        StreamBench uploads = new StreamBench(lab, table, rounds, largeMib);
        double size = StreamBench.size(file) / MIB;
        lab.with(Services.none(), stack -> {
            // the first one warms the storage emulator and the page cache
            Service warmUp = stack.start("gateway", packaging, Map.of());
            Stack.awaitReady(warmUp);
            warmUp.kill9();
            long begun = System.nanoTime();
            Service gateway = stack.start("gateway", packaging, Map.of());
            Stack.awaitReady(gateway);
            costs.before.add(packaging, 1000 * Figures.secondsSince(begun));
            costs.measure(packaging, gateway.pid(), size, () -> uploads.post(gateway, file));
            return true;
        });
    }

    private static String mebibytes(double mib) {
        return format("%.0f MiB", mib);
    }

    private static String thousands(double rate) {
        return format("%.0f k", rate / 1000);
    }
}
