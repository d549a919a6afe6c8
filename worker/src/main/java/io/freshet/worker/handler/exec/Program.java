package io.freshet.worker.handler.exec;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.worker.execution.Lines;
import io.freshet.worker.execution.Results;
import io.freshet.worker.handler.exec.ErrorTail.Reader;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One execution of the program, for one part. The pipes have their own threads, since reading a pipe cannot be
 * interrupted; the caller's thread takes the output from a short queue. Closing kills whatever is still running.
 */
final class Program implements AutoCloseable {

    private static final int QUEUED_EVENTS = 4;

    private final Process process;
    private final ExecConfig config;
    private final long deadline;
    private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(QUEUED_EVENTS);
    private final ErrorTail errors = new ErrorTail();

    private Program(Process process, ExecConfig config) {
        this.process = process;
        this.config = config;
        this.deadline = System.nanoTime() + config.timeout().toNanos();
    }

    static Program start(String command, ExecConfig config, ProgramEnvironment environment) {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
        builder.environment().keySet().removeIf(name -> !environment.shows(name));
        try {
            return new Program(builder.start(), config);
        } catch (IOException e) {
            throw new Permanent(FailureCode.COMPUTATION_FAILED, "Could not start sh: " + e.getMessage(), e);
        }
    }

    /**
     * Feeds the lines and writes the results.
     *
     * @throws Transient the program failed or took too long
     * @throws Permanent a line of its output is too long
     */
    void run(Lines lines, Results results) throws Exception {
        LineFeeder feeder = new LineFeeder(lines, process.getOutputStream(), events);
        Thread feeding = startThread("exec-input", feeder);
        Thread reading = startThread("exec-output", new OutputReader(process.getInputStream(), events));
        Thread listening = startThread("exec-errors", new Reader(process.getErrorStream(), errors));
        try {
            takeOutput(new OutputLines(results));
            checkExit(listening);
        } finally {
            feeder.stop();
            close();
            reading.interrupt();
            end(feeding);
        }
    }

    private static Thread startThread(String name, Runnable task) {
        return Thread.ofPlatform().daemon().name(name).start(task);
    }

    private void takeOutput(OutputLines output) throws Exception {
        while (true) {
            switch (events.poll(remaining(), TimeUnit.NANOSECONDS)) {
                case null -> throw tookTooLong();
                case Event.Output(byte[] bytes) -> output.add(bytes);
                case Event.OutputEnd() -> {
                    output.end();
                    return;
                }
                case Event.PipeFailed(Throwable cause) -> rethrow(cause);
            }
        }
    }

    private static void rethrow(Throwable cause) throws Exception {
        if (cause instanceof Error error) {
            throw error;
        }
        throw (Exception) cause;
    }

    private long remaining() {
        long nanos = deadline - System.nanoTime();
        if (nanos <= 0) {
            throw tookTooLong();
        }
        return nanos;
    }

    private void checkExit(Thread listening) throws InterruptedException {
        if (!process.waitFor(remaining(), TimeUnit.NANOSECONDS)) {
            throw tookTooLong();
        }
        int code = process.exitValue();
        if (code != 0) {
            // a child left behind may keep standard error open forever
            boolean complete = listening.join(config.killAfter());
            throw failed("the command ended with exit code " + code + (complete ? "" : ", a child still runs"));
        }
    }

    private Transient tookTooLong() {
        return failed("the command was killed after " + config.timeout());
    }

    private Transient failed(String what) {
        String tail = errors.text();
        return new Transient(FailureCode.COMPUTATION_FAILED, tail.isEmpty() ? what : what + ": " + tail, null);
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            new ProcessTree(process).kill(config.killAfter());
        }
    }

    /** After returning, the lines belong to the caller again, so the thread that reads them must have ended. */
    private void end(Thread feeding) {
        boolean interrupted = Thread.interrupted();
        feeding.interrupt();
        try {
            feeding.join(config.killAfter());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Events from the threads that serve the program's pipes, for the thread of the computation. */
    sealed interface Event {

        /** A piece of standard output. */
        record Output(byte[] bytes) implements Event {}

        /** Standard output has ended. */
        record OutputEnd() implements Event {}

        /** The input lines or the output could not be read. */
        record PipeFailed(Throwable cause) implements Event {}
    }
}
