package io.freshet.harness.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.Failure;
import io.freshet.harness.Wait;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Instances;
import io.freshet.harness.bench.Table.Reference;
import io.freshet.harness.process.Foreground;
import io.freshet.harness.service.Packaging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import static io.freshet.harness.bench.Table.format;

/**
 * What orchestrations are measured by: fan-out and fan-in beside the engine of Durable Functions, what an item costs, and what
 * many items and instances cost.
 */
final class OrchestrationBench {
    private static final List<Integer> SMALL = List.of(100, 1_000);
    private static final List<Integer> LARGE = List.of(5_000, 20_000);
    private static final Map<String, String> PEER_MODES = Map.of("seed", ">= 3", "activities", ">= 2");
    private static final String PEER_LIMIT_SECONDS = "1800";
    private static final int WARM_UP = 50;
    private static final int MANY = 100_000;
    private static final Duration LOOKED_AT = Duration.ofMinutes(2);
    private static final int STARTS = 20;
    private static final int FINISHED = 2_000;
    private static final int AT_ONCE = 16;
    private static final Duration LOOK = Duration.ofMillis(25);
    private static final String ALL = "/runtime/webhooks/durabletask/instances?createdTimeFrom=2020-01-01T00:00:00Z";

    private final Lab lab;
    private final Table table;
    private final int rounds;
    private final Optional<String> peer;
    private final Function<String, Packaging> packaging;
    private final Services services;
    private final String natively;

    /** @param peer a program that takes a connection string, a number of items, and {@code --mode} */
    OrchestrationBench(Lab lab, Table table, int rounds, Optional<String> peer) {
        this.lab = lab;
        this.table = table;
        this.rounds = rounds;
        this.peer = peer;
        this.packaging = lab.nativeIfBuilt();
        this.services = Services.of(1, 1, 2).packaged(packaging);
        this.natively = packaging.apply("gateway") == Packaging.NATIVE ? ", native" : "";
    }

    void addTo(Map<String, Runnable> benches) {
        benches.put("fanout", this::fanout);
        benches.put("large", this::large);
        benches.put("fanin", this::fanin);
        benches.put("purge", this::purge);
    }

    /** Items a second, each side with fresh storage, alternating. */
    private void fanout() {
        double thousand = 0;
        for (int items : SMALL) {
            List<Double> ours = new ArrayList<>();
            Map<String, List<Double>> peers = new HashMap<>();
            double plain = plainRate(items);
            for (int round = 1; round <= rounds; round++) {
                ours.add(rate(items));
                PEER_MODES
                        .keySet()
                        .forEach(mode -> peer.ifPresent(program -> peers.computeIfAbsent(mode, m -> new ArrayList<>())
                                .add(peerRate(program, items, mode))));
                lab.progress(
                        format("%d items %d/%d: %.0f a second, peer %s", items, round, rounds, ours.getLast(), peers));
            }
            thousand = Figures.median(ours);
            table.row(
                    items + " items, start to Completed" + natively,
                    format("%.0f items/s", thousand),
                    Reference.of(
                            format("two blobs and a message each, the SDK alone: %.0f items/s", plain),
                            thousand / plain),
                    "");
            besidePeer(items, thousand, peers);
        }
        for (int items : LARGE) {
            double now = rate(items);
            table.row(
                    items + " items, start to Completed" + natively,
                    format("%.0f items/s", now),
                    Reference.of(format("1000 items: %.0f items/s", thousand), now / thousand),
                    ">= 0.9");
        }
    }

    private void besidePeer(int items, double ours, Map<String, List<Double>> peers) {
        PEER_MODES.forEach((mode, aim) -> {
            double theirs = peers.containsKey(mode) ? Figures.median(peers.get(mode)) : 0;
            Reference reference = theirs > 0
                    ? Reference.of(format("Durable Functions, %s: %.0f items/s", mode, theirs), ours / theirs)
                    : Reference.none();
            table.row(items + " items, start to Completed" + natively, format("%.0f items/s", ours), reference, aim);
        });
    }

    private double rate(int items) {
        return lab.with(services, stack -> {
            awaitEnd(stack, start(stack, WARM_UP));
            double idle = stack.idleCallsPerSecond();
            Map<String, Double> before = stack.calls();
            double seconds = Work.seconds(() -> awaitEnd(stack, start(stack, items)));
            double calls = Figures.total(Figures.difference(before, stack.calls()));
            table.row(
                    format("storage calls per item, %d items", items),
                    format("%.2f", calls / items),
                    Reference.of(format("without idle polls %.2f", (calls - idle * seconds) / items), 0),
                    "<= 6");
            return items / seconds;
        });
    }

    /** Of the calls that an item cannot do without. */
    private double plainRate(int items) {
        return lab.with(Services.none(), stack -> items / lab.plainSdk(stack, "items", Integer.toString(items)));
    }

    private double peerRate(String program, int items, String mode) {
        return lab.with(Services.none().withTables(), stack -> {
            List<String> command = List.of(
                    program,
                    stack.azurite().connectionString(),
                    Integer.toString(items),
                    "--mode",
                    mode,
                    "--workers",
                    "2",
                    "--timeout",
                    PEER_LIMIT_SECONDS,
                    "--json");
            return Gateway.parse(Foreground.said(command, lab.scratch(), Map.of()))
                    .path("itemsPerSecond")
                    .asDouble();
        });
    }

    /** The start of a large instance, and what it costs in memory beside a small one. */
    private void large() {
        List<Double> answers = new ArrayList<>();
        Map<String, Double> few = peaks(1_000, new ArrayList<>());
        Map<String, Double> many = peaks(MANY, answers);
        many.forEach((service, mib) -> {
            double before = few.getOrDefault(service, 0.0);
            table.row(
                    format("peak RSS of %s, %d items%s", service, MANY, natively),
                    format("%.0f MiB", mib),
                    Reference.of(format("1000 items: %.0f MiB", before), mib / before),
                    "within 20 %");
        });
        table.row(
                format("start of %d items to 202%s", MANY, natively),
                format("%.0f ms", Figures.median(answers)),
                Reference.none(),
                "< 200 ms");
    }

    /** @param answers gets the milliseconds of further starts */
    private Map<String, Double> peaks(int items, List<Double> answers) {
        return lab.with(services, stack -> {
            awaitEnd(stack, start(stack, WARM_UP));
            JsonNode instance = start(stack, items);
            lookAt(stack, instance);
            Map<String, Double> peaks = new TreeMap<>();
            stack.services().forEach(service -> peaks.put(service.name(), Figures.mib(service.pid(), "VmHWM")));
            if (items == MANY) {
                terminate(stack, instance);
                answers.addAll(Work.repeated(STARTS, () -> millisecondsToStart(stack)));
            }
            return peaks;
        });
    }

    private static double millisecondsToStart(Stack stack) {
        long begun = System.nanoTime();
        JsonNode instance = start(stack, MANY);
        double milliseconds = 1000 * Figures.secondsSince(begun);
        terminate(stack, instance);
        return milliseconds;
    }

    private static void terminate(Stack stack, JsonNode instance) {
        String link = instance.path("terminatePostUri").asText().replace("{text}", "measured");
        stack.api().ask("POST", link, "", Set.of(202, 410));
    }

    /** As a client does that waits, for a while or to its end. */
    private static void lookAt(Stack stack, JsonNode instance) {
        String link = link(instance);
        long end = System.nanoTime() + LOOKED_AT.toNanos();
        while (System.nanoTime() < end && Instances.isUnfinished(stack.api().success(link))) {
            Wait.pause(LOOK);
        }
    }

    /** From the last item that is counted to the output. */
    private void fanin() {
        List<Double> seconds = lab.with(
                services,
                stack -> Work.repeated(Math.max(rounds, 5), () -> secondsAfterLast(stack, start(stack, 200))));
        table.row(
                "last item counted to Completed" + natively,
                format("%.2f s", Figures.median(seconds)),
                Reference.none(),
                "< 1 s");
    }

    private static double secondsAfterLast(Stack stack, JsonNode instance) {
        String link = link(instance);
        long last = 0;
        while (true) {
            JsonNode status = stack.api().success(link);
            JsonNode counts = status.path("customStatus");
            if (last == 0 && counts.isObject() && counts.path("completed").equals(counts.path("total"))) {
                last = System.nanoTime();
            }
            if (!Instances.isUnfinished(status)) {
                return last == 0 ? 0 : Figures.secondsSince(last);
            }
            Wait.pause(LOOK);
        }
    }

    /** A purge by filter of many finished instances. */
    private void purge() {
        lab.with(services, stack -> {
            try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
                for (int i = 0; i < FINISHED; i++) {
                    clients.execute(() -> awaitEnd(stack, start(stack, 1)));
                }
            }
            long begun = System.nanoTime();
            int answers = 0;
            int deleted = 0;
            for (int now = -1; now != 0; answers++) {
                now = stack.api().deletedInstances(ALL);
                deleted += now;
                lab.progress(format(
                        "purge: %d after %d answers, %.1f s", deleted, answers + 1, Figures.secondsSince(begun)));
            }
            table.row(
                    format("purge of %d finished instances%s", FINISHED, natively),
                    format("%.1f s", Figures.secondsSince(begun)),
                    Reference.of(format("%d deleted in %d answers", deleted, answers), 0),
                    "nothing times out");
            return true;
        });
    }

    /** The links of a new instance. */
    private static JsonNode start(Stack stack, int items) {
        return stack.api().post("/api/orchestrators/ComputeOrchestrator?inputCount=" + items, 202);
    }

    private static String link(JsonNode instance) {
        return instance.path("statusQueryGetUri").asText();
    }

    private static void awaitEnd(Stack stack, JsonNode instance) {
        String link = link(instance);
        JsonNode status = stack.api().success(link);
        while (Instances.isUnfinished(status)) {
            Wait.pause(LOOK);
            status = stack.api().success(link);
        }
        if (!status.path("runtimeStatus").asText().equals("Completed")) {
            throw new Failure("It ended " + status.path("runtimeStatus").asText() + ": " + status.path("output"));
        }
    }
}
