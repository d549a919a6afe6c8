package io.freshet.azure.queue;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import java.util.ArrayList;
import java.util.List;

/** Counts the messages in flight in a channel, and tells when there are none. */
final class InFlight {
    private final List<UniEmitter<? super Void>> waiting = new ArrayList<>();
    private int count;

    synchronized void enter() {
        count++;
    }

    void leave() {
        left().forEach(waiter -> waiter.complete(null));
    }

    /** Those to notify. */
    private synchronized List<UniEmitter<? super Void>> left() {
        count--;
        if (count > 0) {
            return List.of();
        }
        List<UniEmitter<? super Void>> told = List.copyOf(waiting);
        waiting.clear();
        return told;
    }

    synchronized int count() {
        return count;
    }

    Uni<Void> nothing() {
        return Uni.createFrom().emitter(waiter -> {
            if (!waits(waiter)) {
                waiter.complete(null);
            }
        });
    }

    private synchronized boolean waits(UniEmitter<? super Void> waiter) {
        return count > 0 && waiting.add(waiter);
    }
}
