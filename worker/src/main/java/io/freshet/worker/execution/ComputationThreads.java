package io.freshet.worker.execution;

import io.freshet.worker.WorkerConfig;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that computations run on: one for each item at once. Whose computation is over, and has made little, keeps
 * none of them from the next while that goes to storage.
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

    /** Items at once. */
    public int concurrency() {
        return concurrency;
    }

    /** Items whose computation is over, while what it has made goes to storage. */
    public int settling() {
        return settling.get();
    }

    /** @param listener told when another item could be computed */
    public void onFree(Runnable listener) {
        free = listener;
    }

    /** What follows on a computation without needing its thread. */
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
}
