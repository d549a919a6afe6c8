package io.freshet.harness.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.harness.Failure;
import io.freshet.harness.api.Job;
import io.freshet.harness.api.Jobs;
import io.freshet.harness.calculator.CalculationInput;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/** Work for stacks of the benchmarks. */
final class Work {
    private static final long MIB = 1 << 20;
    private static final long REPEATED_LINES = 100_000;

    private Work() {}

    static Job submit(Stack stack, long lines, long itemsPerJob, String handler) {
        return new Jobs(stack.api())
                .submit(
                        () -> new CalculationInput(lines),
                        "itemsPerJob=" + itemsPerJob + "&handler=" + handler,
                        Jobs.Form.PLAIN);
    }

    /** The last document of a job that has to succeed. */
    static JsonNode job(Stack stack, long lines, long itemsPerJob) {
        return job(stack, lines, itemsPerJob, "calculator");
    }

    static JsonNode job(Stack stack, long lines, long itemsPerJob, String handler) {
        JsonNode last = submit(stack, lines, itemsPerJob, handler).follow(look -> {});
        if (!last.path("status").asText().equals("Complete")) {
            throw new Failure("Job " + last.path("id").asText() + " ended "
                    + last.path("status").asText() + ": " + last.path("reason").asText());
        }
        return last;
    }

    /** Its seconds from the first byte to the end. */
    static double seconds(Runnable job) {
        long begun = System.nanoTime();
        job.run();
        return Figures.secondsSince(begun);
    }

    /** As often as said. */
    static List<Double> repeated(int times, DoubleSupplier measure) {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            values.add(measure.getAsDouble());
        }
        return values;
    }

    /** A file of calculator lines of about so many MiB; made once. */
    static Path lines(Lab lab, long mib) {
        Path file = lab.scratch().resolve(mib + ".jsonl");
        if (!Files.exists(file)) {
            try (OutputStream out = Files.newOutputStream(file)) {
                byte[] block = new CalculationInput(REPEATED_LINES).readAllBytes();
                for (long size = 0; size < mib * MIB; size += block.length) {
                    out.write(block);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return file;
    }
}
