package io.freshet.watcher.reconcile;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Serial for each key, parallel across keys; those who come while a key is busy share one more turn after it. */
final class OneAtATime<K> {
    private final Map<K, Turn> busy = new HashMap<>();

    private static final class Turn {
        private final List<UniEmitter<? super Void>> next = new ArrayList<>();
        private @Nullable Supplier<Uni<Void>> nextAction;
    }

    Uni<Void> run(K key, Supplier<Uni<Void>> action) {
        return Uni.createFrom().emitter(emitter -> {
            if (enter(key, action, emitter)) {
                perform(key, action, List.of(emitter));
            }
        });
    }

    private synchronized boolean enter(K key, Supplier<Uni<Void>> action, UniEmitter<? super Void> emitter) {
        Turn turn = busy.get(key);
        if (turn == null) {
            busy.put(key, new Turn());
            return true;
        }
        turn.next.add(emitter);
        turn.nextAction = action;
        return false;
    }

    private void perform(K key, Supplier<Uni<Void>> action, List<UniEmitter<? super Void>> waiting) {
        Uni.createFrom()
                .deferred(() -> action.get())
                .subscribe()
                .with(
                        done -> {
                            waiting.forEach(w -> w.complete(null));
                            leave(key);
                        },
                        failure -> {
                            waiting.forEach(w -> w.fail(failure));
                            leave(key);
                        });
    }

    private void leave(K key) {
        Turn done;
        synchronized (this) {
            done = busy.get(key);
            if (done == null || done.nextAction == null) {
                busy.remove(key);
                return;
            }
            busy.put(key, new Turn());
        }
        perform(key, done.nextAction, done.next);
    }
}
