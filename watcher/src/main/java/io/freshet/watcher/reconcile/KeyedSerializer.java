package io.freshet.watcher.reconcile;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Runs actions serially per key and in parallel across keys. Callers that arrive while a key is busy share one further
 * turn. After a failure a key backs off, longer each time, and is then retried even if nobody asks.
 */
final class KeyedSerializer<K> {
    private static final Duration FIRST_REST = Duration.ofMillis(250);
    private static final Duration LONGEST_REST = Duration.ofSeconds(10);
    /** After that many failures, a key that nobody asks for is left to the next pass. */
    private static final int UNASKED_TURNS = 8;

    private final Timer timer;
    private final Map<K, Turn> busy = new HashMap<>();
    private final Map<K, Integer> failures = new HashMap<>();
    private final Set<K> due = new HashSet<>();

    /** Runs a task once, after a delay. */
    interface Timer {
        void after(Duration delay, Runnable task);
    }

    private static final class Turn {
        private final List<UniEmitter<? super Void>> waiting = new ArrayList<>();
        private @Nullable Supplier<Uni<Void>> action;
    }

    KeyedSerializer(Timer timer) {
        this.timer = timer;
    }

    Uni<Void> run(K key, Supplier<Uni<Void>> action) {
        return Uni.createFrom().emitter(emitter -> {
            if (enter(key, action, emitter)) {
                perform(key, action, List.of(emitter));
            }
        });
    }

    /** Schedules another turn, unless one is scheduled already. */
    void later(K key, Duration delay, Supplier<Uni<Void>> action) {
        synchronized (this) {
            if (!due.add(key)) {
                return;
            }
        }
        timer.after(delay, () -> {
            synchronized (this) {
                due.remove(key);
            }
            run(key, action).subscribe().with(done -> {}, failure -> {});
        });
    }

    private synchronized boolean enter(K key, Supplier<Uni<Void>> action, UniEmitter<? super Void> emitter) {
        Turn next = busy.get(key);
        if (next == null) {
            busy.put(key, new Turn());
            return true;
        }
        next.waiting.add(emitter);
        next.action = action;
        return false;
    }

    private void perform(K key, Supplier<Uni<Void>> action, List<UniEmitter<? super Void>> waiting) {
        Uni.createFrom()
                .deferred(() -> action.get())
                .subscribe()
                .with(
                        done -> {
                            succeeded(key);
                            waiting.forEach(w -> w.complete(null));
                            leave(key);
                        },
                        failure -> {
                            int times = failed(key);
                            waiting.forEach(w -> w.fail(failure));
                            timer.after(rest(times), () -> again(key, action, times));
                        });
    }

    private synchronized void succeeded(K key) {
        failures.remove(key);
    }

    private synchronized int failed(K key) {
        return failures.merge(key, 1, Integer::sum);
    }

    static Duration rest(int failures) {
        Duration doubled = FIRST_REST.multipliedBy(1L << Math.min(failures - 1, 16));
        return doubled.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : doubled;
    }

    private void again(K key, Supplier<Uni<Void>> action, int failures) {
        Turn next = turn(key);
        if (next.action != null) {
            perform(key, next.action, next.waiting);
        } else if (failures < UNASKED_TURNS) {
            perform(key, action, List.of());
        } else {
            leave(key);
        }
    }

    private synchronized Turn turn(K key) {
        Turn next = busy.put(key, new Turn());
        return next == null ? new Turn() : next;
    }

    private void leave(K key) {
        Turn next;
        synchronized (this) {
            next = busy.get(key);
            if (next == null || next.action == null) {
                busy.remove(key);
                return;
            }
            busy.put(key, new Turn());
        }
        perform(key, next.action, next.waiting);
    }
}
