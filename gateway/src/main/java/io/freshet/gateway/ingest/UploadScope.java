package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Everything that one upload has started, so that it ends together however the upload ends, and what it wrote can be
 * removed without a late write coming in. Thread-safe.
 */
public final class UploadScope {
    private final List<Runnable> endings = new ArrayList<>();
    private final List<UniEmitter<? super Void>> waiting = new ArrayList<>();
    private int underWay;
    private boolean ended;

    /**
     * Makes a call to storage that goes on even if nobody waits for it any longer: a request that has been sent cannot be
     * recalled. Fails if the upload is over.
     */
    public <T> Uni<T> call(Supplier<Uni<T>> call) {
        return Uni.createFrom().emitter(outcome -> {
            if (!enter()) {
                outcome.fail(new Transient(FailureCode.CONFLICT, "The upload is over", null));
                return;
            }
            Uni.createFrom()
                    .deferred(() -> call.get())
                    .subscribe()
                    .with(
                            item -> {
                                leave();
                                outcome.complete(item);
                            },
                            failure -> {
                                leave();
                                outcome.fail(failure);
                            });
        });
    }

    /** No call starts from now on. Completes when those in flight are over. */
    public Uni<Void> end() {
        return Uni.createFrom().emitter(outcome -> {
            endNow();
            synchronized (this) {
                if (underWay > 0) {
                    waiting.add(outcome);
                    return;
                }
            }
            outcome.complete(null);
        });
    }

    /** Runs this when the upload is over; at once if it is. */
    void onEnd(Runnable ending) {
        synchronized (this) {
            if (!ended) {
                endings.add(ending);
                return;
            }
        }
        ending.run();
    }

    private void endNow() {
        List<Runnable> due;
        synchronized (this) {
            ended = true;
            due = List.copyOf(endings);
            endings.clear();
        }
        due.forEach(Runnable::run);
    }

    private synchronized boolean enter() {
        if (!ended) {
            underWay++;
        }
        return !ended;
    }

    private void leave() {
        List<UniEmitter<? super Void>> told = List.of();
        synchronized (this) {
            underWay--;
            if (underWay == 0) {
                told = List.copyOf(waiting);
                waiting.clear();
            }
        }
        told.forEach(outcome -> outcome.complete(null));
    }
}
