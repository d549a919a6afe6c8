package io.freshet.worker.execution;

import io.freshet.worker.WorkerConfig;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that computations run on, one per concurrent item. An item whose computation has ended with little output
 * frees its thread while the output is written to storage.
 */
@Singleton
public final class ComputationThreads {
    private final int concurrency;
    private final AtomicInteger settling = new AtomicInteger();
    private volatile Runnable free = () -> {};
    private final ExecutorService threads;

    ComputationThreads(WorkerConfig config) {
        this.concurrency =
                config.concurrency().orElseGet(() -> Runtime.getRuntime().availableProcessors());
        this.threads = Executors.newFixedThreadPool(
                concurrency, Thread.ofPlatform().name("computation-", 1).factory());
    }

    /** Number of concurrent items. */
    public int concurrency() {
        return concurrency;
    }

    /** Number of items whose computation has ended and whose output is being written. */
    public int settling() {
        return settling.get();
    }

    /** @param listener called when another item could be computed */
    public void onFree(Runnable listener) {
        free = listener;
    }

    /** Runs what follows a computation without its thread. */
    public <T> Uni<T> settle(Uni<T> rest) {
        return Uni.createFrom().deferred(() -> {
            settling.incrementAndGet();
            free.run();
            return rest.onTermination().invoke(settling::decrementAndGet);
        });
    }

    ExecutorService executor() {
        return threads;
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }

    /** Lets a computation's thread, which may block, wait for non-blocking I/O. */
    static final class Waiting {
        private Waiting() {}

        /** Returns the result, or throws the failure of the I/O itself. */
        static <T> T on(CompletableFuture<T> io) throws InterruptedException {
            try {
                return io.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof RuntimeException failure
                        ? failure
                        : new IllegalStateException(e.getCause());
            }
        }
    }
}
