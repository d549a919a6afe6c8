package io.freshet.watcher.scaler;

import io.freshet.watcher.backlog.Backlog;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The moments at which there is something to do again, for all who listen. */
@Singleton
final class Activations {
    private final Backlog backlog;
    private final BroadcastProcessor<Boolean> moments = BroadcastProcessor.create();

    Activations(Backlog backlog) {
        this.backlog = backlog;
    }

    /** Completes when the watcher is told to stop: KEDA then comes back soon. One who reads slowly misses some. */
    Multi<Boolean> stream() {
        return moments.onOverflow().drop();
    }

    void onStart(@Observes StartupEvent event) {
        backlog.demands()
                .map(items -> items > 0)
                .skip()
                .repetitions()
                .filter(isActive -> isActive)
                .subscribe()
                .with(moments::onNext);
    }

    /** Before the server waits for the end of requests under way. */
    void onStop(@Observes ShutdownDelayInitiatedEvent event) {
        moments.onComplete();
    }
}
