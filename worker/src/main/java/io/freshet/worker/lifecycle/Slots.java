package io.freshet.worker.lifecycle;

import io.freshet.worker.execution.ComputationThreads;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.Flow;

/**
 * Takes as much work as items can be computed concurrently. An item whose computation has ended frees its slot while its
 * output is written, up to a limit, so that small items do not wait for storage.
 */
final class Slots<T> implements MultiSubscriber<T> {
    private static final int SETTLING_A_SLOT = 8;

    private final ComputationThreads threads;
    private final Handler<T> handler;
    private final End end;
    private Flow.@Nullable Subscription work;
    private int requested;
    private int held;
    private boolean complete;

    interface Handler<T> {
        /** Settles it; calls {@code done} at the end, once, and never fails. */
        void handle(T work, Runnable done);
    }

    interface End {
        /** There is no more, and all that was taken is settled. */
        void reached();

        void failed(Throwable failure);
    }

    Slots(ComputationThreads threads, Handler<T> handler, End end) {
        this.threads = threads;
        this.handler = handler;
        this.end = end;
    }

    @Override
    public synchronized void onSubscribe(Flow.Subscription subscription) {
        work = subscription;
        threads.onFree(this::ask);
        ask();
    }

    @Override
    public void onItem(T taken) {
        synchronized (this) {
            requested--;
            held++;
        }
        handler.handle(taken, this::left);
    }

    private void left() {
        boolean isLast;
        synchronized (this) {
            held--;
            isLast = complete && held == 0;
            ask();
        }
        if (isLast) {
            end.reached();
        }
    }

    private synchronized void ask() {
        int computing = Math.max(0, held - threads.settling());
        int room = Math.min(threads.concurrency() - computing, (1 + SETTLING_A_SLOT) * threads.concurrency() - held)
                - requested;
        if (work != null && room > 0) {
            requested += room;
            work.request(room);
        }
    }

    synchronized void stop() {
        if (work != null) {
            work.cancel();
            work = null;
        }
    }

    @Override
    public void onFailure(Throwable failure) {
        end.failed(failure);
    }

    @Override
    public void onCompletion() {
        boolean isLast;
        synchronized (this) {
            work = null;
            complete = true;
            isLast = held == 0;
        }
        if (isLast) {
            end.reached();
        }
    }
}
