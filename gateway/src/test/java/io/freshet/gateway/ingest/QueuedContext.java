package io.freshet.gateway.ingest;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/** A context that runs its work when the test says so. */
final class QueuedContext implements Executor {
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public void execute(Runnable command) {
        waiting.add(command);
    }

    /** Runs all that waits, and what that brings. */
    void runAll() {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
            next.run();
        }
    }
}
