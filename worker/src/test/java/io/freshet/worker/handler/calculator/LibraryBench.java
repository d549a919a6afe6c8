package io.freshet.worker.handler.calculator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.io.NumberInput;
import com.fasterxml.jackson.core.io.NumberOutput;
import io.freshet.worker.bench.CalculatorBench;
import io.freshet.worker.execution.Line;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * The calculator's own number code against jackson-core, which has FastDoubleParser and Schubfach in it: whole lines, and
 * numbers alone. The two alternate, and processor time of one thread is compared, since other work on the machine does
 * not lengthen it. The library writes its own format, and so is spared the layout that results need.
 */
public final class LibraryBench {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 6;
    private static final int ROUNDS = 11;
    private static final int COUNT = 300_000;
    private static final long SEED = 20181031;

    private LibraryBench() {}

    private interface Work {
        /** Gives something that depends on all that was done. */
        double run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        List<Line> lines = lines(CalculatorBench.generate(COUNT));
        compare("whole lines", () -> ours(lines), () -> library(lines));
        Random random = new Random(SEED);
        compareNumbers("whole numbers and prices", price(random));
        compareNumbers("doubles of 17 digits", random.doubles(COUNT, 0, 1e6).toArray());
    }

    private static List<Line> lines(byte[] bytes) {
        List<Line> lines = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                lines.add(new Line().at(bytes, from, at - from, lines.size() + 1));
                from = at + 1;
            }
        }
        return lines;
    }

    private static double[] price(Random random) {
        double[] numbers = new double[COUNT];
        Arrays.setAll(
                numbers,
                i -> 1 + random.nextInt(1_000_000) + (random.nextInt(4) == 0 ? (10 + random.nextInt(90)) / 100.0 : 0));
        return numbers;
    }

    private static void compareNumbers(String what, double... numbers) throws Exception {
        List<byte[]> texts = new ArrayList<>();
        for (double number : numbers) {
            boolean isWhole = number == Math.rint(number);
            texts.add((isWhole ? Long.toString((long) number) : Double.toString(number))
                    .getBytes(StandardCharsets.ISO_8859_1));
        }
        Numeral numeral = new Numeral();
        compare(
                "read " + what,
                () -> {
                    double sum = 0;
                    for (byte[] text : texts) {
                        numeral.read(text, 0, text.length);
                        sum += numeral.value();
                    }
                    return sum;
                },
                () -> {
                    double sum = 0;
                    for (byte[] text : texts) {
                        sum += NumberInput.parseDouble(new String(text, StandardCharsets.ISO_8859_1), true);
                    }
                    return sum;
                });
        byte[] out = new byte[64];
        compare(
                "write " + what,
                () -> {
                    long sum = 0;
                    for (double number : numbers) {
                        sum += DoubleText.put(out, 0, number);
                    }
                    return sum;
                },
                () -> {
                    long sum = 0;
                    for (double number : numbers) {
                        byte[] text = NumberOutput.toString(number, true).getBytes(StandardCharsets.ISO_8859_1);
                        System.arraycopy(text, 0, out, 0, text.length);
                        sum += text.length;
                    }
                    return sum;
                });
    }

    private static void compare(String what, Work ours, Work library) throws Exception {
        double[] first = new double[ROUNDS];
        double[] second = new double[ROUNDS];
        double checked = 0;
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            long begun = THREADS.getCurrentThreadCpuTime();
            checked += ours.run();
            long between = THREADS.getCurrentThreadCpuTime();
            checked += library.run();
            long ended = THREADS.getCurrentThreadCpuTime();
            if (round >= 0) {
                first[round] = between - begun;
                second[round] = ended - between;
            }
        }
        Arrays.sort(first);
        Arrays.sort(second);
        System.out.printf(
                "%-38s ours %6.1f ns, library %6.1f ns each: library takes %.2f x (%s)%n",
                what,
                first[ROUNDS / 2] / COUNT,
                second[ROUNDS / 2] / COUNT,
                second[ROUNDS / 2] / first[ROUNDS / 2],
                Double.isNaN(checked) ? "wrong" : "checked");
    }

    private static double ours(List<Line> lines) {
        PlainLine plain = new PlainLine();
        ResultLine result = new ResultLine();
        long length = 0;
        for (Line line : lines) {
            if (!plain.compute(line, result)) {
                throw new IllegalStateException(line.text());
            }
            length += result.length();
        }
        return length;
    }

    private static double library(List<Line> lines) throws IOException {
        JsonFactory json = new JsonFactoryBuilder()
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                .build();
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        long length = 0;
        for (Line line : lines) {
            out.reset();
            computed(json, line, out);
            length += out.size();
        }
        return length;
    }

    private static void computed(JsonFactory json, Line line, ByteArrayOutputStream out) throws IOException {
        String id = "";
        String op = "";
        double left = 0;
        double right = 0;
        try (JsonParser parser = json.createParser(line.buffer(), line.offset(), line.length())) {
            parser.nextToken();
            for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                JsonToken token = parser.nextToken();
                switch (name) {
                    case "id" -> id = parser.getText();
                    case "op" -> op = parser.getText();
                    case "value1" -> left = parser.getDoubleValue();
                    case "value2" -> right = parser.getDoubleValue();
                    default -> throw new IllegalStateException(token.name());
                }
            }
        }
        try (JsonGenerator generator = json.createGenerator(out)) {
            generator.writeStartObject();
            generator.writeStringField("id", id);
            generator.writeNumberField("value1", left);
            generator.writeNumberField("value2", right);
            generator.writeStringField("op", op);
            generator.writeNumberField("result", Arithmetic.apply(op.charAt(0), left, right));
            generator.writeEndObject();
        }
    }
}
