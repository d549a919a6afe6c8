package io.freshet.harness.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a service takes of its machine.
 *
 * @param descriptors open files, sockets among them
 * @param memory bytes: the heap after a full collection; of a native executable, which cannot be told to collect, its
 *     anonymous pages
 */
public record Footprint(int threads, int descriptors, int sockets, long memory) {
    /** What came after the collection is in the other generation; {@link JvmOptions#TEST} has each one leave no dead wood. */
    private static final Pattern USED = Pattern.compile("Tenured\\s+total \\d+K, used (\\d+)K");

    private static final Pattern ANONYMOUS = Pattern.compile("RssAnon:\\s+(\\d+) kB");
    private static final int KIB = 1_024;
    private static final int SLACK_COUNT = 4;
    private static final long SLACK_BYTES = 4 << 20;

    public static Footprint of(Service service, boolean isNative) {
        Path process = Path.of("/proc", Long.toString(service.pid()));
        List<String> open = links(process.resolve("fd"));
        return new Footprint(
                links(process.resolve("task")).size(),
                open.size(),
                (int) open.stream().filter(file -> file.startsWith("socket:")).count(),
                memory(service, process, isNative));
    }

    /** Whether this is no more than before, but for what is by chance. */
    public boolean isWithin(Footprint before) {
        return isWithin(threads, before.threads)
                && isWithin(descriptors, before.descriptors)
                && isWithin(sockets, before.sockets)
                && memory <= before.memory + before.memory / 10 + SLACK_BYTES;
    }

    private static boolean isWithin(int now, int before) {
        return now <= before + before / 10 + SLACK_COUNT;
    }

    @Override
    public String toString() {
        return "%d threads, %d descriptors, %d sockets, %.1f MiB"
                .formatted(threads, descriptors, sockets, memory / (double) (1 << 20));
    }

    /** What is in a directory of /proc: where its links lead, or their names; some vanish while one looks. */
    private static List<String> links(Path directory) {
        try (Stream<Path> links = Files.list(directory)) {
            return links.map(Footprint::target).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String target(Path link) {
        try {
            return Files.isSymbolicLink(link)
                    ? Files.readSymbolicLink(link).toString()
                    : link.getFileName().toString();
        } catch (IOException e) {
            return "gone";
        }
    }

    private static long memory(Service service, Path process, boolean isNative) {
        if (isNative) {
            return sum(ANONYMOUS, read(process.resolve("status")));
        }
        jcmd(service, "GC.run");
        return sum(USED, jcmd(service, "GC.heap_info"));
    }

    private static long sum(Pattern kibibytes, String text) {
        Matcher found = kibibytes.matcher(text);
        long sum = 0;
        while (found.find()) {
            sum += Long.parseLong(found.group(1)) * KIB;
        }
        if (sum == 0) {
            throw new IllegalStateException("No " + kibibytes + " in " + text);
        }
        return sum;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jcmd(Service service, String command) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        try {
            Process process = new ProcessBuilder(jcmd, Long.toString(service.pid()), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
