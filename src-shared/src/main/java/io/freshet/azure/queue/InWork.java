package io.freshet.azure.queue;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import java.util.ArrayList;
import java.util.List;

/** Counts what is going on in a channel, and tells when nothing is. Belongs to the channel's event loop. */
final class InWork {
    private final List<UniEmitter<? super Void>> waiting = new ArrayList<>();
    private int count;

    void enter() {
        count++;
    }

    void leave() {
        count--;
        if (count == 0) {
            List<UniEmitter<? super Void>> told = List.copyOf(waiting);
            waiting.clear();
            told.forEach(waiter -> waiter.complete(null));
        }
    }

    int count() {
        return count;
    }

    Uni<Void> nothing() {
        return Uni.createFrom().emitter(waiter -> {
            if (count == 0) {
                waiter.complete(null);
                return;
            }
            waiting.add(waiter);
        });
    }
}
