package io.freshet.azure.queue;

import io.freshet.azure.queue.StorageQueues.StorageQueue;
import io.freshet.azure.queue.StorageQueues.StorageQueue.Creation;
import io.freshet.queue.QueuesConfig;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;

/**
 * Creates all queues of an installation when any of its services starts, including those that this service does not
 * use: a scaler that watches a queue treats a missing one as an error.
 */
@Singleton
final class QueuesAtStart {
    private static final Logger LOG = Logger.getLogger(QueuesAtStart.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final StorageQueues queues;
    private final List<String> names;

    QueuesAtStart(StorageQueues queues, QueuesConfig config) {
        this.queues = queues;
        this.names = List.of(config.work(), config.priority(), config.input(), config.events(), config.control());
    }

    /** Runs in the background: a service starts even if storage is unavailable. */
    void onStart(@Observes StartupEvent event) {
        Multi.createFrom()
                .iterable(names)
                .onItem()
                .transformToUniAndMerge(this::create)
                .subscribe()
                .with(
                        created -> {},
                        failure -> LOG.warnf("Queues could not be created: %s", failure.getMessage()),
                        () -> LOG.debugf("Queues %s are there", names));
    }

    private Uni<Void> create(String name) {
        return Uni.createFrom()
                .deferred(() -> queues.queue(name, Creation.IF_MISSING).create())
                .onFailure(failure -> !StorageQueue.isRefusal(failure))
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely();
    }
}
