package io.freshet.harness.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.Wait;
import io.freshet.harness.api.Gateway;
import io.freshet.harness.api.Job;
import io.freshet.harness.bench.Table.Reference;
import io.freshet.harness.service.Service;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static io.freshet.harness.bench.Table.format;

/**
 * Where the time of a million lines goes: its phases, as a client sees them, and the calls to storage by service and kind,
 * each beside the same call made alone by the plain SDK.
 */
final class WhereBench {
    private static final long LINES = 1_000_000;
    private static final long ITEMS_PER_JOB = 25_000;
    private static final long WARM = 100_000;
    private static final long PARTS = LINES / ITEMS_PER_JOB;
    private static final String PART_BYTES = "1650000";
    private static final Pattern CALL = Pattern.compile(
            "^freshet_azure_calls_seconds_(count|sum)\\{[^}]*operation=\"([^\"]+)\"[^}]*\\} ([\\d.E+-]+)",
            Pattern.MULTILINE);

    private final Lab lab;
    private final Table table;

    WhereBench(Lab lab, Table table) {
        this.lab = lab;
        this.table = table;
    }

    /** Calls of one kind. */
    private record Calls(double count, double seconds) {
        static final Calls NONE = new Calls(0, 0);

        Calls plus(Calls other) {
            return new Calls(count + other.count, seconds + other.seconds);
        }

        Calls minus(Calls other) {
            return new Calls(count - other.count, seconds - other.seconds);
        }
    }

    void run() {
        lab.with(Services.of(1, 1, 2).packaged(lab.nativeIfBuilt()), stack -> {
            phases(stack, WARM);
            Map<String, Calls> before = calls(stack);
            phases(stack, LINES)
                    .forEach((phase, times) -> table.row(
                            "phase: " + phase, times[0], Reference.of("since the first byte " + times[1], 0), ""));
            Map<String, Double> alone = alone(stack);
            calls(stack).forEach((kind, all) -> told(kind, all.minus(before.getOrDefault(kind, Calls.NONE)), alone));
            return true;
        });
    }

    private void told(String kind, Calls made, Map<String, Double> alone) {
        if (made.count < PARTS / 2.0) {
            return;
        }
        double mean = 1000 * made.seconds / made.count;
        double plain = alone.getOrDefault(kind.substring(kind.indexOf(' ') + 1), 0.0);
        table.row(
                "calls: " + kind,
                format("%.0f x %.1f ms = %.1f s", made.count, mean, made.seconds),
                plain > 0 ? Reference.of(format("alone %.1f ms", plain), mean / plain) : Reference.none(),
                "");
    }

    /** The phases of a job, one after the other. */
    private static final class Phases {
        private final long begun = System.nanoTime();
        private long last = begun;
        private final Map<String, String[]> told = new LinkedHashMap<>();

        void ended(String name) {
            told.put(name, new String[] {
                format("%.2f s", Figures.secondsSince(last)), format("%.2f s", Figures.secondsSince(begun))
            });
            last = System.nanoTime();
        }
    }

    /** The time of each phase, and the time since the first byte. */
    private static Map<String, String[]> phases(Stack stack, long lines) {
        Phases phases = new Phases();
        long parts = (lines + ITEMS_PER_JOB - 1) / ITEMS_PER_JOB;
        Job job = Work.submit(stack, lines, ITEMS_PER_JOB, "calculator");
        phases.ended("upload, split and answered");
        await(job, document -> succeeded(document) > 0);
        phases.ended("dispatched and first part done");
        await(job, document -> succeeded(document) == parts);
        phases.ended("other parts done");
        await(job, document -> document.path("status").asText().equals("Complete"));
        phases.ended("results committed");
        return phases.told;
    }

    private static long succeeded(JsonNode document) {
        return document.path("succeeded").asLong();
    }

    private static void await(Job job, Predicate<JsonNode> holds) {
        while (!holds.test(job.document())) {
            Wait.pause(EngineBench.LOOK);
        }
    }

    private static Map<String, Calls> calls(Stack stack) {
        Map<String, Calls> found = new TreeMap<>();
        for (Service service : stack.services()) {
            Matcher line = CALL.matcher(new Gateway(service.url()).text("/q/metrics"));
            while (line.find()) {
                double value = Double.parseDouble(line.group(3));
                Calls calls = line.group(1).equals("count") ? new Calls(value, 0) : new Calls(0, value);
                found.merge(service.module() + " " + line.group(2), calls, Calls::plus);
            }
        }
        return found;
    }

    /** Milliseconds of each kind of call, made alone. */
    private Map<String, Double> alone(Stack stack) {
        String said =
                lab.java("gateway", "io.freshet.gateway.bench.PlainSdk", stack.environment(), "kinds", PART_BYTES);
        Map<String, Double> alone = new HashMap<>();
        said.lines()
                .map(line -> line.split(" ", -1))
                .filter(words -> words.length == 2)
                .forEach(words -> alone.put(words[0], Double.parseDouble(words[1])));
        return alone;
    }
}
