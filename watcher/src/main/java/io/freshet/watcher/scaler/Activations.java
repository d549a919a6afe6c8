package io.freshet.watcher.scaler;

import io.freshet.watcher.backlog.Backlog;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Emits whenever there is work again after a time without any. */
@Singleton
final class Activations {
    private final Backlog backlog;
    private final BroadcastProcessor<Boolean> moments = BroadcastProcessor.create();

    Activations(Backlog backlog) {
        this.backlog = backlog;
    }

    /** Completes when the watcher stops; KEDA then reconnects soon. Slow readers miss some. */
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

    /** Called before the server waits for the end of requests in progress. */
    void onStop(@Observes ShutdownDelayInitiatedEvent event) {
        moments.onComplete();
    }
}
