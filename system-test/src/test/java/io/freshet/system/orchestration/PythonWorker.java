package io.freshet.system.orchestration;

import io.freshet.system.cluster.TestedFreshet;
import io.freshet.testing.Repository;
import org.junit.jupiter.api.Assumptions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The worker in Python that the README shows, as a process. */
final class PythonWorker implements AutoCloseable {
    private final Process process;
    private final Path log;

    private PythonWorker(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** A Python that has what the worker needs; without one, the test is left out. */
    static Path python() {
        Path directory = Path.of("target", "python").toAbsolutePath();
        Path said = directory.resolveSibling("python.log");
        String[] command = {
            "sh",
            "tools/python.sh",
            "examples/requirements.txt",
            directory.toString(),
            "the test of orchestrations with a worker in Python"
        };
        try {
            Files.createDirectories(directory.getParent());
            Process preparing = new ProcessBuilder(command)
                    .directory(Repository.root().toFile())
                    .redirectError(said.toFile())
                    .start();
            String prepared = new String(preparing.getInputStream().readAllBytes()).strip();
            Assumptions.assumeTrue(preparing.waitFor() == 0 && !prepared.isEmpty(), () -> Repository.read(said));
            return Path.of(prepared, "bin", "python");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static PythonWorker start(Path python, TestedFreshet freshet) {
        try {
            Path log = Files.createTempFile(Path.of("target", "freshet").toAbsolutePath(), "python-", ".log");
            ProcessBuilder worker = new ProcessBuilder(
                            python.toString(),
                            Repository.root().resolve("examples/worker.py").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            worker.environment()
                    .put("AZURE_STORAGE_CONNECTION_STRING", freshet.azurite().connectionString());
            worker.environment().put("INPUTQUEUE", freshet.queue("input"));
            return new PythonWorker(worker.start(), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** All that it has printed: it has nothing to say unless something is wrong. */
    String log() {
        return Repository.read(log);
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
