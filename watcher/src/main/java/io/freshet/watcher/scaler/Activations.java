package io.freshet.watcher.scaler;

import io.freshet.watcher.backlog.Backlog;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The moments at which there is something to do again, for all who listen. */
@Singleton
final class Activations {
    private static final int FIRST = 1;

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

    /** Before anybody waits for the end of what was begun. */
    void onStop(@Observes @Priority(FIRST) ShutdownEvent event) {
        moments.onComplete();
    }
}
