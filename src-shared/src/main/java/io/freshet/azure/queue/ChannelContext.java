package io.freshet.azure.queue;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;

import java.time.Duration;
import java.util.function.Supplier;

/** The event loop that owns a channel's state, so that the state needs no locks. */
final class ChannelContext {
    /** No timer: Vert.x counts from 0 up. */
    static final long NO_TIMER = -1;

    private final Context context;

    private ChannelContext(Context context) {
        this.context = context;
    }

    static ChannelContext on(Vertx vertx) {
        return new ChannelContext(((VertxInternal) vertx).createEventLoopContext());
    }

    void run(Runnable task) {
        context.runOnContext(x -> task.run());
    }

    /** Subscribes on the event loop; calls to Azure made there answer there. */
    <T> Uni<T> call(Supplier<Uni<T>> work) {
        return Uni.createFrom().voidItem().emitOn(this::run).onItem().transformToUni(x -> work.get());
    }

    /** Must be called on the event loop; the task runs there too. */
    long after(Duration delay, Runnable task) {
        return context.owner().setTimer(Math.max(1, delay.toMillis()), id -> run(task));
    }

    /** @return {@link #NO_TIMER}, to store in place of the timer */
    long cancel(long timer) {
        if (timer != NO_TIMER) {
            context.owner().cancelTimer(timer);
        }
        return NO_TIMER;
    }
}
