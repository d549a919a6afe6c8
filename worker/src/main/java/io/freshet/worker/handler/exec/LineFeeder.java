package io.freshet.worker.handler.exec;

import io.freshet.worker.execution.Line;
import io.freshet.worker.execution.Lines;
import io.freshet.worker.handler.exec.Program.Event;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;

/** Writes lines to a program as fast as it reads them. */
final class LineFeeder implements Runnable {

    private static final int BUFFER = 64 << 10;

    private final Lines lines;
    private final OutputStream input;
    private final BlockingQueue<Event> events;
    private volatile boolean stopped;

    LineFeeder(Lines lines, OutputStream input, BlockingQueue<Event> events) {
        this.lines = lines;
        this.input = input;
        this.events = events;
    }

    @Override
    public void run() {
        try (OutputStream out = new BufferedOutputStream(input, BUFFER)) {
            feed(out);
        } catch (IOException e) {
            // the program has closed its input: it has read enough
        }
    }

    private void feed(OutputStream out) throws IOException {
        try {
            for (Line line = lines.next(); line != null && !stopped; line = lines.next()) {
                out.write(line.buffer(), line.offset(), line.length());
                out.write('\n');
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            report(e);
        }
    }

    /** Reported before standard input is closed, so that the end of the program is not mistaken for success. */
    private void report(Throwable failure) {
        if (stopped) {
            return;
        }
        try {
            events.put(new Event.PipeFailed(failure));
        } catch (InterruptedException e) {
            // nobody is listening any more
        }
    }

    /** Takes no further line; the caller then interrupts the thread. */
    void stop() {
        stopped = true;
    }
}
