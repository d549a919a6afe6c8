package io.freshet.worker.handler.exec;

import io.freshet.worker.handler.exec.Program.Event;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;

/** Passes on a program's output in pieces, no faster than they are consumed. */
final class OutputReader implements Runnable {

    private static final int BUFFER = 64 << 10;

    private final InputStream output;
    private final BlockingQueue<Event> events;

    OutputReader(InputStream output, BlockingQueue<Event> events) {
        this.output = output;
        this.events = events;
    }

    @Override
    public void run() {
        try {
            events.put(readToEnd());
        } catch (InterruptedException e) {
            // nobody is listening any more
        }
    }

    private Event readToEnd() throws InterruptedException {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int size = output.read(buffer); size >= 0; size = output.read(buffer)) {
                events.put(new Event.Output(Arrays.copyOf(buffer, size)));
            }
            return new Event.OutputEnd();
        } catch (IOException e) {
            return new Event.PipeFailed(e);
        }
    }
}
