package io.freshet.gateway.jobs;

import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What uploads may take of memory, all together. Each one takes its share before its first byte is read, and gives it
 * back at its end; for whom nothing is left is refused and told to come again.
 */
@Singleton
final class UploadMemory {
    private static final Duration COME_AGAIN = Duration.ofSeconds(1);

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    @Inject
    UploadMemory(JobsConfig config) {
        this(config.maxUploadMemory()
                .map(MemorySize::asLongValue)
                .orElseGet(() -> Runtime.getRuntime().maxMemory() / 4));
    }

    /** @param limit bytes; an upload that needs more all alone is let in all the same */
    UploadMemory(long limit) {
        this.limit = limit;
    }

    /**
     * Runs an upload if there is memory for it.
     *
     * @param share bytes that it may hold at most
     */
    <T> Uni<T> during(long share, Supplier<Uni<T>> upload) {
        return Uni.createFrom().deferred(() -> {
            take(share);
            return Uni.createFrom().deferred(upload::get).onTermination().invoke(() -> taken.addAndGet(-share));
        });
    }

    private void take(long share) {
        long before = taken.getAndUpdate(now -> fits(now, share) ? now + share : now);
        if (!fits(before, share)) {
            throw new ProblemException(
                    ProblemType.BUSY, "Other uploads take all the memory there is for them; try again", COME_AGAIN);
        }
    }

    private boolean fits(long now, long share) {
        return now == 0 || now + share <= limit;
    }
}
