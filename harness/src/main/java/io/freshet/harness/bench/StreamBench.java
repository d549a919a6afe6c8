package io.freshet.harness.bench;

import io.freshet.harness.Failure;
import io.freshet.harness.bench.Table.Reference;
import io.freshet.harness.process.Foreground;
import io.freshet.harness.service.Service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static io.freshet.harness.bench.Table.format;

/** What streams through one process: an upload, its splitting, and the calculator. */
final class StreamBench {
    private static final long SMALL_MIB = 64;
    private static final long CALCULATOR_MIB = 256;
    private static final long JQ_LINES = 200_000;
    private static final double MIB = 1 << 20;
    private static final int SPLIT_ROUNDS = 5;
    private static final Pattern SPLIT = Pattern.compile(": ([\\d.]+) GiB/s, wc -l: ([\\d.]+) GiB/s");
    private static final Pattern SECONDS = Pattern.compile("in ([\\d.]+) s");
    private static final String JQ = ". + {result: (if .op == \"+\" then .value1 + .value2 elif .op == \"-\" then"
            + " .value1 - .value2 elif .op == \"*\" then .value1 * .value2 else .value1 / .value2 end)}";

    private final Lab lab;
    private final Table table;
    private final int rounds;
    private final long largeMib;

    StreamBench(Lab lab, Table table, int rounds, long largeMib) {
        this.lab = lab;
        this.table = table;
        this.rounds = rounds;
        this.largeMib = largeMib;
    }

    void addTo(Map<String, Runnable> benches) {
        benches.put("split", this::split);
        benches.put("calculator", this::calculator);
        benches.put("upload", this::upload);
    }

    /** Upload of a large file: the gateway's stream against the SDK's own parallel block upload. */
    private void upload() {
        Path large = Work.lines(lab, largeMib);
        Path small = Work.lines(lab, SMALL_MIB);
        List<Double> ours = new ArrayList<>();
        List<Double> reference = new ArrayList<>();
        List<Double> smallPeaks = new ArrayList<>();
        List<Double> largePeaks = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            lab.with(Services.of(2, 0, 0), stack -> {
                reference.add(lab.plainSdk(stack, "upload", large.toString()));
                Service first = stack.of("gateway").getFirst();
                Service second = stack.of("gateway").getLast();
                ours.add(post(first, large));
                largePeaks.add(Figures.mib(first.pid(), "VmHWM"));
                post(second, small);
                smallPeaks.add(Figures.mib(second.pid(), "VmHWM"));
                return true;
            });
            lab.progress(
                    format("upload %d/%d: %.1f s, SDK %.1f s", round, rounds, ours.getLast(), reference.getLast()));
        }
        double size = size(large) / MIB;
        double median = Figures.median(ours);
        double sdk = Figures.median(reference);
        table.row(
                format("upload %d MiB of lines", largeMib),
                format("%.0f MiB/s", size / median),
                Reference.of(format("SDK %.0f MiB/s", size / sdk), median / sdk),
                "<= 1.15 x its time");
        table.row(
                format("gateway's peak RSS, %d MiB", largeMib),
                format("%.0f MiB", Figures.median(largePeaks)),
                Reference.of(
                        format("%d MiB: %.0f MiB", SMALL_MIB, Figures.median(smallPeaks)),
                        Figures.median(largePeaks) / Figures.median(smallPeaks)),
                "within 10 %");
    }

    /** Seconds of an upload by a program whose cost is not ours. */
    double post(Service gateway, Path file) {
        List<String> command =
                new ArrayList<>(List.of("curl", "-sS", "-o", "/dev/null", "-w", "%{http_code} %{time_total}"));
        command.addAll(List.of("-X", "POST", "-T", file.toString()));
        command.addAll(List.of("-H", "Content-Type: application/x-ndjson", "-H", "Expect:", gateway.url() + "/jobs"));
        String[] said = Foreground.said(command, lab.scratch(), Map.of()).split(" ", -1);
        if (!said[0].equals("202")) {
            throw new Failure("The gateway answered " + said[0]);
        }
        return Double.parseDouble(said[1]);
    }

    static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Splitting alone, from the page cache, against {@code wc -l}. */
    private void split() {
        Path file = Work.lines(lab, largeMib);
        String times = Integer.toString(Math.max(rounds, SPLIT_ROUNDS));
        String said =
                lab.java("gateway", "io.freshet.gateway.bench.SplitBench", Map.of(), file.toString(), "100000", times);
        Matcher found = SPLIT.matcher(said);
        if (!found.find()) {
            throw new Failure("SplitBench said " + said);
        }
        table.row(
                "split only, one core",
                found.group(1) + " GiB/s",
                Reference.of(
                        "wc -l " + found.group(2) + " GiB/s",
                        Double.parseDouble(found.group(1)) / Double.parseDouble(found.group(2))),
                ">= 0.5");
    }

    /** The calculator on one core, against DuckDB on one thread and jq. */
    private void calculator() {
        Path file = Work.lines(lab, CALCULATOR_MIB);
        double count = lines(file);
        Optional<Path> python = duckdb();
        List<Double> ours = new ArrayList<>();
        List<Double> reference = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            ours.add(calculated(file));
            python.ifPresent(program -> reference.add(byDuckdb(program, file)));
            lab.progress(format("calculator %d/%d: %.2f s, DuckDB %s s", round, rounds, ours.getLast(), reference));
        }
        double rate = count / Figures.median(ours);
        if (python.isPresent()) {
            row(rate, "DuckDB", count / Figures.median(reference), "> 1");
        }
        jqRate(file).ifPresent(jq -> row(rate, "jq", jq, ""));
    }

    private void row(double rate, String other, double theirs, String aim) {
        table.row(
                "calculator, one core, file to file",
                format("%.2f M lines/s", rate / 1e6),
                Reference.of(format("%s %.2f M lines/s", other, theirs / 1e6), rate / theirs),
                aim);
    }

    private double calculated(Path file) {
        String out = lab.scratch().resolve("ours").toString();
        String said = lab.java(
                "worker", "io.freshet.worker.bench.CalculatorBench", Map.of(), "--in", file.toString(), "--out", out);
        Matcher seconds = SECONDS.matcher(said);
        if (!seconds.find()) {
            throw new Failure("CalculatorBench said " + said);
        }
        return Double.parseDouble(seconds.group(1));
    }

    private double byDuckdb(Path python, Path file) {
        String script = lab.root().resolve("tools/bench/duckdb_calculator.py").toString();
        List<String> command = List.of(
                python.toString(),
                script,
                file.toString(),
                lab.scratch().resolve("duckdb").toString());
        return Double.parseDouble(
                Foreground.said(command, lab.scratch(), Map.of()).strip());
    }

    /** A Python with DuckDB of its own below target/, so that nothing is installed for the user. */
    private Optional<Path> duckdb() {
        Path home = lab.root().resolve("target/bench-python");
        Path python = home.resolve("bin/python");
        try {
            if (!Files.exists(python)) {
                Foreground.said(List.of("python3", "-m", "venv", home.toString()), lab.scratch(), Map.of());
            }
            String requirements =
                    lab.root().resolve("tools/bench/requirements.txt").toString();
            List<String> install = List.of(python.toString(), "-m", "pip", "install", "-q", "-r", requirements);
            Foreground.said(install, lab.scratch(), Map.of());
            return Optional.of(python);
        } catch (Failure e) {
            lab.progress("DuckDB is left out: python3 with venv and pip could not install it");
            return Optional.empty();
        }
    }

    /** Lines a second; empty where there is no jq. */
    private Optional<Double> jqRate(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            Path head = Files.write(
                    lab.scratch().resolve("head"), lines.limit(JQ_LINES).toList());
            List<String> command =
                    List.of("sh", "-c", "exec jq -c \"$1\" \"$2\" > /dev/null", "jq", JQ, head.toString());
            double seconds = Work.seconds(() -> Foreground.said(command, lab.scratch(), Map.of()));
            return Optional.of(JQ_LINES / seconds);
        } catch (Failure e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
