package io.freshet.azure.queue;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;

/**
 * Makes all queues of an installation as soon as any of its services starts, those too that this service does not use: a
 * scaler that watches a queue takes a missing one for an error.
 */
@Singleton
final class QueuesAtStart {
    private static final Logger LOG = Logger.getLogger(QueuesAtStart.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final StorageQueues queues;
    private final List<String> names;

    QueuesAtStart(
            StorageQueues queues,
            @ConfigProperty(name = "freshet.queues.work") String work,
            @ConfigProperty(name = "freshet.queues.priority") String priority,
            @ConfigProperty(name = "freshet.queues.input") String input,
            @ConfigProperty(name = "freshet.queues.events") String events,
            @ConfigProperty(name = "freshet.queues.control") String control) {
        this.queues = queues;
        this.names = List.of(work, priority, input, events, control);
    }

    /** In the background: a service starts even if storage is away. */
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
                .deferred(() -> queues.queue(name, QueueCreation.IF_MISSING).create())
                .onFailure(failure -> !StorageQueue.isRefusal(failure))
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .indefinitely();
    }
}
