package io.freshet.harness.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is made of measured values, and what the kernel measures of a process. */
final class Figures {
    private static final double TICKS_PER_SECOND = 100;
    private static final double KIB_PER_MIB = 1024;
    private static final int USER_TICKS = 11;

    private Figures() {}

    static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    /** Calls of each kind since then. */
    static Map<String, Double> difference(Map<String, Double> before, Map<String, Double> after) {
        Map<String, Double> difference = new HashMap<>();
        after.forEach((kind, count) -> difference.put(kind, count - before.getOrDefault(kind, 0.0)));
        return difference;
    }

    static double total(Map<String, Double> calls) {
        return calls.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    static double secondsSince(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /** @param field {@code VmRSS} now, {@code VmHWM} at its peak */
    static double mib(long process, String field) {
        Matcher found = Pattern.compile(field + ":\\s+(\\d+)").matcher(read(process, "status"));
        if (!found.find()) {
            throw new IllegalStateException("Process " + process + " has no " + field);
        }
        return Double.parseDouble(found.group(1)) / KIB_PER_MIB;
    }

    /** Processor time that a process has taken, in seconds. */
    static double cpuSeconds(long process) {
        String[] fields = read(process, "stat").replaceFirst("(?s).*\\) ", "").split(" ", -1);
        return (Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1])) / TICKS_PER_SECOND;
    }

    private static String read(long process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
