package io.freshet.worker.lifecycle;

import io.freshet.worker.execution.ComputationThreads;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * Requests as many messages as items can be computed concurrently. An item whose computation has ended frees its slot
 * while its output is written, up to a limit, so that small items do not wait for storage.
 */
final class Slots implements MultiSubscriber<Message<String>> {
    private static final int SETTLING_A_SLOT = 8;

    private final ComputationThreads threads;
    private final Handler handler;
    private final Consumer<Throwable> onFailure;
    private Flow.@Nullable Subscription messages;
    private int requested;
    private int held;

    /** Settles a message; calls {@code done} at the end, once, and never fails. */
    interface Handler {
        void handle(Message<String> message, Runnable done);
    }

    Slots(ComputationThreads threads, Handler handler, Consumer<Throwable> onFailure) {
        this.threads = threads;
        this.handler = handler;
        this.onFailure = onFailure;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription subscription) {
        messages = subscription;
        threads.onFree(this::ask);
        ask();
    }

    @Override
    public void onItem(Message<String> message) {
        synchronized (this) {
            requested--;
            held++;
        }
        handler.handle(message, this::left);
    }

    private synchronized void left() {
        held--;
        ask();
    }

    private synchronized void ask() {
        int computing = Math.max(0, held - threads.settling());
        int room = Math.min(threads.concurrency() - computing, (1 + SETTLING_A_SLOT) * threads.concurrency() - held)
                - requested;
        if (messages != null && room > 0) {
            requested += room;
            messages.request(room);
        }
    }

    synchronized void stop() {
        if (messages != null) {
            messages.cancel();
            messages = null;
        }
    }

    @Override
    public void onFailure(Throwable failure) {
        onFailure.accept(failure);
    }

    @Override
    public void onCompletion() {}
}
