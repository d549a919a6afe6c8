package io.freshet.harness.bench;

import io.freshet.harness.Failure;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The benchmarks: each figure beside its reference, alternating in the same run, medians, as one table of ratios; and the
 * packagings that are built beside each other (start, computing, uploading).
 *
 * <p>{@code BENCH=upload,split} runs some of them; {@code BASE} is another checkout, built, beside whose engine ours is
 * measured; {@code ROUNDS} (5) how often; {@code PEER} the program of Durable Functions' engine; {@code BENCH_MIB} (1024) the
 * size of the large upload; {@code BENCH_PARTS} (10000) the number of small parts; {@code BENCH_BACKLOG} (5000) the length of a
 * long queue: the emulator sorts all of it for each poll, and hands out some ten a second of 20000. Nothing is asserted: a
 * figure of one machine is no promise.
 */
public final class Bench {
    private final Lab lab;
    private final Optional<Lab> base;
    private final Table table = new Table("figure", "Freshet", "reference", "ratio", "aim");
    private final Table packagings;
    private final Map<String, Runnable> benches = new LinkedHashMap<>();

    /**
     * @param root of the checkout that is measured
     * @param scratch an empty directory
     * @param asked what a variable says, if it is set
     */
    public Bench(Path root, Path scratch, Asked asked, Consumer<String> progress) {
        this.lab = new Lab(root, scratch, progress);
        this.base = asked.text("BASE").map(other -> new Lab(root.resolve(other), scratch.resolve("base"), progress));
        this.packagings = PackagingBench.table();
        int rounds = asked.number("ROUNDS", 5);
        new EngineBench(lab, base, table, rounds).addTo(benches);
        new OrchestrationBench(lab, table, rounds, asked.text("PEER")).addTo(benches);
        benches.put("where", new WhereBench(lab, table)::run);
        long large = asked.number("BENCH_MIB", 1024);
        new StreamBench(lab, table, rounds, large).addTo(benches);
        new PartsBench(lab, table, rounds, asked.number("BENCH_PARTS", 10_000)).addTo(benches);
        benches.put("backlog", new BacklogBench(lab, table, asked.number("BENCH_BACKLOG", 5_000))::run);
        new PackagingBench(lab, packagings, rounds, large).addTo(benches);
    }

    /** The variables that a user sets. */
    public interface Asked {
        Optional<String> text(String variable);

        int number(String variable, int otherwise);
    }

    /** Runs those of these names, or all. */
    public void run(Optional<String> names, PrintStream out) {
        List<String> chosen = names.map(text -> List.of(text.split(",", -1))).orElse(List.copyOf(benches.keySet()));
        try {
            for (String name : chosen) {
                Runnable bench = benches.get(name);
                if (bench == null) {
                    throw new Failure("There is no benchmark '" + name + "': " + String.join(", ", benches.keySet()));
                }
                bench.run();
            }
        } finally {
            stop();
        }
        table.print(out);
        packagings.print(out);
    }

    /** Ends what runs, and removes what it has left. */
    public void stop() {
        lab.stop();
        base.ifPresent(Lab::stop);
        remove(lab.scratch());
    }

    private static void remove(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException e) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
