package io.freshet.worker.handler.exec;

import java.io.IOException;
import java.io.InputStream;

/** Empties a program's standard error, so that it never waits, and keeps the end of it. */
final class ErrorReader implements Runnable {

    private final InputStream errors;
    private final ErrorTail tail;

    ErrorReader(InputStream errors, ErrorTail tail) {
        this.errors = errors;
        this.tail = tail;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[4 * ErrorTail.SIZE];
        try {
            for (int size = errors.read(buffer); size >= 0; size = errors.read(buffer)) {
                tail.add(buffer, size);
            }
        } catch (IOException e) {
            // what came before is kept
        }
    }
}
