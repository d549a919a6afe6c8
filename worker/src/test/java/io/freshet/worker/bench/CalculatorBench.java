package io.freshet.worker.bench;

import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Results;
import io.freshet.worker.handler.MemoryLines;
import io.freshet.worker.handler.calculator.Calculator;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Measures the calculator alone, on one thread and on bytes in memory, from finding the line ends to copying the
 * results. The time of the processor is given too, since other work on the machine does not lengthen it. Without arguments it makes its own lines, always the same. {@code FILE} measures on the lines of a file;
 * {@code --lines N} makes that many; {@code --in FILE --out FILE} computes a file once, reading and writing included.
 */
public final class CalculatorBench {

    private static final long SEED = 20181031;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 15;
    private static final int WARM_UP = 8;

    private CalculatorBench() {}

    public static void main(String[] arguments) throws Exception {
        List<String> options = Arrays.asList(arguments);
        if (options.contains("--in")) {
            computeFile(Path.of(after(options, "--in")), Path.of(after(options, "--out")));
            return;
        }
        if (options.contains("--lines")) {
            measure(generate(Integer.parseInt(after(options, "--lines"))));
            return;
        }
        measure(options.isEmpty() ? generate(1_000_000) : Files.readAllBytes(Path.of(options.getFirst())));
    }

    private static String after(List<String> options, String name) {
        return options.get(options.indexOf(name) + 1);
    }

    /** Whole numbers and prices, all four operations; none is rejected. */
    public static byte[] generate(int count) {
        Random random = new Random(SEED);
        StringBuilder lines = new StringBuilder(80 * count);
        for (int i = 1; i <= count; i++) {
            lines.append("{ \"id\": \"").append(i).append("\", \"value1\": ");
            appendNumber(lines, random);
            lines.append(", \"value2\": ");
            appendNumber(lines, random);
            lines.append(", \"op\": \"")
                    .append("+-*/".charAt(random.nextInt(4)))
                    .append("\" }\n");
        }
        return lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static void appendNumber(StringBuilder lines, Random random) {
        lines.append(1 + random.nextInt(1_000_000));
        if (random.nextInt(4) == 0) {
            lines.append('.').append(10 + random.nextInt(90));
        }
    }

    private static void measure(byte[] lines) throws Exception {
        double[] rates = new double[ROUNDS];
        double[] cpuRates = new double[ROUNDS];
        long results = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            Sink sink = new Sink(OutputStream.nullOutputStream());
            long cpuStart = THREADS.getCurrentThreadCpuTime();
            long start = System.nanoTime();
            new Calculator().compute(new MemoryLines(lines), sink);
            long nanos = System.nanoTime() - start;
            long cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuStart;
            if (round >= 0) {
                rates[round] = sink.lines() * 1e9 / nanos;
                cpuRates[round] = sink.lines() * 1e9 / cpuNanos;
            }
            results = sink.written;
        }
        System.out.printf("%,d results%n", results);
        print("lines/s", rates);
        print("lines per second of processor time", cpuRates);
    }

    private static void print(String what, double[] rates) {
        Arrays.sort(rates);
        System.out.printf(
                "%s: median %,.0f, best %,.0f, worst %,.0f%n", what, rates[ROUNDS / 2], rates[ROUNDS - 1], rates[0]);
    }

    private static void computeFile(Path in, Path out) throws Exception {
        long start = System.nanoTime();
        Sink sink;
        try (OutputStream stream = Files.newOutputStream(out)) {
            sink = new Sink(stream);
            new Calculator().compute(new MemoryLines(Files.readAllBytes(in)), sink);
            sink.flush();
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "%,d results, %,d rejected in %.3f s: %,.0f lines/s%n",
                sink.written, sink.rejected, seconds, sink.lines() / seconds);
    }

    /** Joins the result lines in blocks, as an engine would. */
    private static final class Sink implements Results {
        private final byte[] block = new byte[1 << 20];
        private final OutputStream out;
        private int length;
        private long written;
        private long rejected;

        Sink(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(byte[] bytes, int offset, int size) {
            if (length + size >= block.length) {
                flush();
            }
            System.arraycopy(bytes, offset, block, length, size);
            length += size;
            block[length++] = '\n';
            written++;
        }

        @Override
        public void reject(Line line, String reason) {
            rejected++;
        }

        long lines() {
            return written + rejected;
        }

        void flush() {
            try {
                out.write(block, 0, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            length = 0;
        }
    }
}
