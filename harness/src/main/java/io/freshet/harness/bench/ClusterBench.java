package io.freshet.harness.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.Failure;
import io.freshet.harness.Wait;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.harness.api.Jobs;

import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import static io.freshet.harness.bench.Table.format;

/**
 * What a cluster adds to a job, on the one that KUBECONFIG names, with KEDA in it: how soon workers are there, by either of
 * KEDA's triggers, how evenly pods work, and what comes of scaling in the long run. {@code BENCH=start,burst,tail,cycles,idle}
 * runs some of them. Medians of ROUNDS (5), and ten cycles each. Nothing is asserted: a figure of one machine is no promise.
 */
public final class ClusterBench {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LOOK_FOR_PODS = Duration.ofMillis(500);
    private static final List<String> SOON_GONE = List.of("scale.cooldownPeriod=5", "gracePeriodSeconds=3");
    private static final String NO_BURST = "settings.ACICOMPLETIONSTRIGGER=0";
    private static final Pattern STARTED = Pattern.compile("started in ([\\d.]+)s");
    private static final InstantSource CLOCK = InstantSource.system();

    private final Function<List<String>, Release> releases;
    private final int rounds;
    private final Consumer<String> progress;
    private final Table table = new Table("figure", "external-push", "reference");

    /** What is installed for a measurement, and goes with it. */
    public interface Release extends AutoCloseable {
        /** The URL of its gateway. */
        String gateway();

        /** The URL of what its watcher serves to probes and for metrics. */
        String watcherManagement();

        /** In its namespace. */
        String kubectl(String... arguments);

        @Override
        void close();
    }

    /** @param releases installs one, with these values of the chart */
    public ClusterBench(Function<List<String>, Release> releases, int rounds, Consumer<String> progress) {
        this.releases = releases;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** Runs those of these names, or all. */
    public void run(Optional<String> names, PrintStream out) {
        Map<String, Runnable> benches = new LinkedHashMap<>();
        benches.put("start", this::start);
        benches.put("burst", this::burst);
        benches.put("tail", this::tail);
        benches.put("cycles", this::cycles);
        benches.put("idle", this::idle);
        for (String name : names.map(text -> List.of(text.split(",", -1))).orElse(List.copyOf(benches.keySet()))) {
            Runnable bench = benches.get(name);
            if (bench == null) {
                throw new Failure("There is no benchmark '" + name + "': " + String.join(", ", benches.keySet()));
            }
            bench.run();
        }
        table.print(out);
    }

    /** From no worker, in milliseconds: its process, the first part, the whole small job. */
    private record FromZero(List<Double> began, List<Double> first, List<Double> complete) {
        FromZero() {
            this(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        }
    }

    private void start() {
        FromZero push = on(List.of(NO_BURST), this::fromZero);
        FromZero polled = on(List.of(NO_BURST, "scale.trigger=azure-queue"), this::fromZero);
        table.row(
                "submit → worker process started, from zero",
                seconds(push.began),
                "azure-queue at 5 s: " + seconds(polled.began));
        table.row("submit → first part done, from zero", seconds(push.first), "azure-queue: " + seconds(polled.first));
        table.row(
                "submit → Complete, 4 lines, from zero",
                seconds(push.complete),
                "azure-queue: " + seconds(polled.complete));
    }

    private void burst() {
        List<String> values = List.of("settings.EXEC_COMMAND=sleep 0.5; cat", "settings.ACIMAXPARALLELISM=8");
        Even even = on(values, release -> even(release, 200, "&aci=1"));
        table.row("200 parts of 0.5 s, 8 burst pods", even.beside(12.5), "work ÷ pods: 12.50 s");
    }

    private void tail() {
        List<String> values = List.of(
                NO_BURST, "settings.EXEC_COMMAND=sleep 6; cat", "scale.maxReplicaCount=3", "settings.MAXPARALLELISM=3");
        Even even = on(values, release -> even(release, 12, ""));
        table.row("12 parts of 6 s, 3 workers, from zero", even.beside(24), "work ÷ workers: 24.00 s");
    }

    private void cycles() {
        List<String> values = List.of(NO_BURST, "settings.EXEC_COMMAND=sleep 1; cat", "settings.MAXPARALLELISM=4");
        int cycles = rounds * 10;
        int wrong = on(values, release -> new ScalingBench(progress).wrongLines(release, cycles));
        table.row("lines lost or doubled in " + cycles + " scale-in/out cycles under load", format("%d", wrong), "0");
    }

    private void idle() {
        String calls = on(List.of(NO_BURST), new ScalingBench(progress)::idle);
        table.row("requests a minute of an idle watcher", calls, "");
    }

    private <T> T on(List<String> values, Function<Release, T> measure) {
        List<String> all = new ArrayList<>(SOON_GONE);
        all.addAll(values);
        try (Release release = releases.apply(all)) {
            return measure.apply(release);
        }
    }

    private FromZero fromZero(Release release) {
        FromZero figures = new FromZero();
        for (int round = 0; round < rounds; round++) {
            awaitNoWorker(release);
            Wait.pause(Duration.ofMillis(1000 + ThreadLocalRandom.current().nextInt(1000)));
            Instant begun = CLOCK.instant();
            Job job = submit(release, 4, "handler=calculator");
            figures.first.add(since(
                    begun, await(job, document -> document.path("succeeded").asInt() > 0)));
            figures.complete.add(since(begun, await(job, ClusterBench::isComplete)));
            figures.began.add(since(begun, began(release)));
            progress.accept("  " + figures);
        }
        return figures;
    }

    /** What a job takes whose parts only wait, in seconds: from the submit, and from its first part at work. */
    private record Even(List<Double> whole, List<Double> atWork) {
        String beside(double ideal) {
            double all = Figures.median(whole);
            double working = Figures.median(atWork);
            return format("%.2f s, %.2f ×; at work %.2f s, %.2f ×", all, all / ideal, working, working / ideal);
        }
    }

    private Even even(Release release, int parts, String query) {
        Even even = new Even(new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < rounds; round++) {
            awaitNoWorker(release);
            Instant submitted = CLOCK.instant();
            Job job = submit(release, parts, "handler=exec&itemsPerJob=1" + query);
            Instant begun = await(job, ClusterBench::hasBegun);
            Instant end = await(job, ClusterBench::isComplete);
            even.whole.add(since(submitted, end) / 1000);
            even.atWork.add(since(begun, end) / 1000);
            progress.accept("  " + even);
        }
        return even;
    }

    static boolean hasBegun(JsonNode job) {
        return job.path("active").asInt() + job.path("succeeded").asInt() > 0;
    }

    static Job submit(Release release, int count, String query) {
        return new Jobs(new Gateway(URI.create(release.gateway()))).submit(lines(count), query);
    }

    static List<String> lines(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> "{ \"id\": \"" + i + "\", \"value1\": 1, \"value2\": 2, \"op\": \"+\" }")
                .toList();
    }

    static Instant await(Job job, Predicate<JsonNode> holds) {
        while (true) {
            JsonNode document = job.document();
            if (holds.test(document)) {
                return CLOCK.instant();
            }
            if (Job.isFinal(document) && !isComplete(document)) {
                throw new Failure(document.toString());
            }
            Wait.pause(LOOK);
        }
    }

    static boolean isComplete(JsonNode document) {
        return document.path("status").asText().equals("Complete");
    }

    static List<String> workers(Release release) {
        String selector = "app.kubernetes.io/component=worker";
        return release.kubectl("get", "pods", "--selector", selector, "--output", "name")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    static void awaitNoWorker(Release release) {
        while (!workers(release).isEmpty()) {
            Wait.pause(LOOK_FOR_PODS);
        }
    }

    /** When the process of the only worker began, by its own log. */
    private static Instant began(Release release) {
        while (true) {
            for (String pod : workers(release)) {
                Optional<Instant> began = logOf(release, pod)
                        .lines()
                        .filter(line -> line.contains(" started in "))
                        .findFirst()
                        .map(Gateway::parse)
                        .map(ClusterBench::began);
                if (began.isPresent()) {
                    return began.get();
                }
            }
            Wait.pause(LOOK);
        }
    }

    private static String logOf(Release release, String pod) {
        try {
            return release.kubectl("logs", pod);
        } catch (Failure notThereYet) {
            return "";
        }
    }

    private static Instant began(JsonNode line) {
        Matcher took = STARTED.matcher(line.path("message").asText());
        if (!took.find()) {
            throw new Failure("The worker says " + line);
        }
        long milliseconds = Math.round(1000 * Double.parseDouble(took.group(1)));
        return OffsetDateTime.parse(line.path("timestamp").asText()).toInstant().minusMillis(milliseconds);
    }

    private static double since(Instant begun, Instant end) {
        return Duration.between(begun, end).toMillis();
    }

    private static String seconds(List<Double> milliseconds) {
        return format("%.2f s", Figures.median(milliseconds) / 1000);
    }
}
