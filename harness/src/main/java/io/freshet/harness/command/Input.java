package io.freshet.harness.command;

import io.freshet.harness.Failure;
import io.freshet.harness.api.Jobs;
import io.freshet.harness.calculator.CalculationInput;
import io.freshet.harness.calculator.ResultCheck;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** What a demo uploads. */
sealed interface Input {
    String name();

    Jobs.Form form();

    InputStream open();

    /** How far the upload has come. */
    Sent sent();

    /** Knows what has to come of it, if that is known. */
    ResultCheck check();

    /** Whether {@link #check} compares anything. */
    boolean isChecked();

    /** @param lines of how many; empty if nobody knows */
    record Sent(Optional<String> lines, long bytes) {}

    static Input of(Settings settings) {
        Optional<String> file = settings.text("INPUT");
        return file.isPresent()
                ? OwnFile.of(file.get())
                : new Calculated(settings.number("DEMO_LINES", 0, 1_000_000_000).orElse(1_000_000));
    }

    /** Seeded calculator lines, made while they are sent; what each must give is known. */
    final class Calculated implements Input {
        private final long lines;
        private final CalculationInput stream;

        Calculated(long lines) {
            this.lines = lines;
            this.stream = new CalculationInput(lines);
        }

        @Override
        public String name() {
            return Screen.count(lines) + " calculator lines";
        }

        @Override
        public Jobs.Form form() {
            return Jobs.Form.PLAIN;
        }

        @Override
        public InputStream open() {
            return stream;
        }

        @Override
        public Sent sent() {
            return new Sent(
                    Optional.of(Screen.count(stream.lines()) + "/" + Screen.count(lines) + " lines, "), stream.bytes());
        }

        @Override
        public ResultCheck check() {
            return ResultCheck.ofCalculations(lines);
        }

        @Override
        public boolean isChecked() {
            return true;
        }
    }

    /** The user's own file, sent as it is. */
    final class OwnFile implements Input {
        private final Path file;
        private final AtomicLong read = new AtomicLong();

        private OwnFile(Path file) {
            this.file = file;
        }

        static OwnFile of(String name) {
            Path file = Path.of(name);
            if (!Files.isReadable(file)) {
                throw new Failure(
                        "INPUT=" + name + " cannot be read" + (Files.exists(file) ? "." : ": there is no such file."));
            }
            if (!Files.isRegularFile(file)) {
                throw new Failure("INPUT=" + name + " is not a file.");
            }
            return new OwnFile(file);
        }

        @Override
        public String name() {
            return String.valueOf(file.getFileName());
        }

        @Override
        public Jobs.Form form() {
            return name().endsWith(".gz") ? Jobs.Form.GZIP : Jobs.Form.PLAIN;
        }

        @Override
        public InputStream open() {
            try {
                return new FilterInputStream(Files.newInputStream(file)) {
                    @Override
                    public int read(byte[] target, int offset, int length) throws IOException {
                        int count = super.read(target, offset, length);
                        read.addAndGet(Math.max(0, count));
                        return count;
                    }
                };
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public Sent sent() {
            return new Sent(Optional.empty(), read.get());
        }

        @Override
        public ResultCheck check() {
            return new ResultCheck();
        }

        @Override
        public boolean isChecked() {
            return false;
        }
    }
}
