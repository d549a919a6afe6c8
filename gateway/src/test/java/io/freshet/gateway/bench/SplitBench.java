package io.freshet.gateway.bench;

import io.freshet.gateway.ingest.LineSplitter;
import io.freshet.gateway.ingest.PartTable;
import io.freshet.gateway.ingest.SplitRules;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Splits a file from the page cache and runs {@code wc -l} on the same file, alternately, and prints GiB/s of both and
 * their ratio. Arguments: file, items per part, optionally rounds (7) and KiB of a chunk (64).
 */
public final class SplitBench {
    private static final double GIB = 1 << 30;
    private static final int MAX_LINE = 16 << 20;

    private SplitBench() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path file = Path.of(arguments[0]);
        int itemsPerPart = Integer.parseInt(arguments[1]);
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 7;
        byte[] chunk = new byte[(arguments.length > 3 ? Integer.parseInt(arguments[3]) : 64) << 10];
        double gib = Files.size(file) / GIB;
        double[] ours = new double[rounds];
        double[] reference = new double[rounds];
        for (int round = -2; round < rounds; round++) {
            double split = splitSeconds(file, itemsPerPart, chunk);
            double count = countSeconds(file);
            if (round >= 0) {
                ours[round] = gib / split;
                reference[round] = gib / count;
            }
        }
        System.out.printf(
                Locale.ROOT,
                "split, %d lines a part: %.2f GiB/s, wc -l: %.2f GiB/s, ratio %.2f (medians of %d)%n",
                itemsPerPart,
                median(ours),
                median(reference),
                median(ours) / median(reference),
                rounds);
    }

    private static double splitSeconds(Path file, int itemsPerPart, byte[] chunk) throws IOException {
        long start = System.nanoTime();
        LineSplitter splitter =
                new LineSplitter(new SplitRules(itemsPerPart, MAX_LINE, Integer.MAX_VALUE, Long.MAX_VALUE));
        ByteBuffer buffer = ByteBuffer.wrap(chunk);
        try (FileInputStream input = new FileInputStream(file.toFile());
                FileChannel channel = input.getChannel()) {
            while (channel.read(buffer.clear()) >= 0) {
                splitter.accept(chunk, 0, buffer.position());
            }
        }
        PartTable parts = splitter.finish();
        double seconds = (System.nanoTime() - start) / 1e9;
        if (parts.bytes() != Files.size(file)) {
            throw new IllegalStateException("Not the whole file was split");
        }
        return seconds;
    }

    private static double countSeconds(Path file) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process count = new ProcessBuilder("wc", "-l", file.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (count.waitFor() != 0) {
            throw new IllegalStateException("wc failed");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
