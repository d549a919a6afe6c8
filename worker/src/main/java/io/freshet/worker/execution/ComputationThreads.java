package io.freshet.worker.execution;

import io.freshet.worker.claim.WorkerConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The threads that computations run on: one for each part at once. */
@Singleton
public final class ComputationThreads {
    private final int concurrency;
    private final ExecutorService threads;

    ComputationThreads(WorkerConfig config) {
        this.concurrency =
                config.concurrency().orElseGet(() -> Runtime.getRuntime().availableProcessors());
        this.threads = Executors.newFixedThreadPool(
                concurrency, Thread.ofPlatform().name("computation-", 1).factory());
    }

    /** Parts at once. */
    public int concurrency() {
        return concurrency;
    }

    ExecutorService executor() {
        return threads;
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
