package io.freshet.worker.handler.exec;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;

/** Hands a program's output on in pieces, no faster than they are taken. */
final class OutputReader implements Runnable {

    private static final int BUFFER = 64 << 10;

    private final InputStream output;
    private final BlockingQueue<ProgramEvent> events;

    OutputReader(InputStream output, BlockingQueue<ProgramEvent> events) {
        this.output = output;
        this.events = events;
    }

    @Override
    public void run() {
        try {
            events.put(readToEnd());
        } catch (InterruptedException e) {
            // nobody listens any more
        }
    }

    private ProgramEvent readToEnd() throws InterruptedException {
        byte[] buffer = new byte[BUFFER];
        try {
            for (int size = output.read(buffer); size >= 0; size = output.read(buffer)) {
                events.put(new ProgramEvent.Output(Arrays.copyOf(buffer, size)));
            }
            return new ProgramEvent.OutputEnd();
        } catch (IOException e) {
            return new ProgramEvent.PipeFailed(e);
        }
    }
}
