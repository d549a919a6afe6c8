package io.freshet.gateway.jobs;

import io.freshet.azure.AzureCallConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * Writes of which one request makes thousands. Few of them are in flight at a time, in the whole gateway, so that other
 * requests find free connections to storage; submissions take turns, since each has only a few waiting.
 */
@Singleton
final class BulkWrites {
    private static final int SHARE_OF_CONNECTIONS = 4;

    /** How many one request should have waiting or in flight. */
    static final int EACH = 8;

    private final int atOnce;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int underWay;

    BulkWrites(AzureCallConfig config) {
        this.atOnce = Math.max(1, config.connections() / SHARE_OF_CONNECTIONS);
    }

    /** Makes the write in its turn, on the subscriber's context. */
    <T> Uni<T> write(Supplier<Uni<T>> write) {
        return Uni.createFrom().emitter(outcome -> {
            Context context = Vertx.currentContext();
            enter(() -> on(
                    context,
                    () -> Uni.createFrom()
                            .deferred(() -> write.get())
                            .onTermination()
                            .invoke(this::leave)
                            .subscribe()
                            .with(outcome::complete, outcome::fail)));
        });
    }

    private static void on(@Nullable Context context, Runnable task) {
        if (context == null || context.equals(Vertx.currentContext())) {
            task.run();
        } else {
            context.runOnContext(x -> task.run());
        }
    }

    private void enter(Runnable start) {
        synchronized (this) {
            if (underWay == atOnce) {
                waiting.add(start);
                return;
            }
            underWay++;
        }
        start.run();
    }

    private void leave() {
        Runnable next;
        synchronized (this) {
            next = waiting.poll();
            if (next == null) {
                underWay--;
                return;
            }
        }
        next.run();
    }
}
