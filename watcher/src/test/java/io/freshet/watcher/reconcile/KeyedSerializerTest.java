package io.freshet.watcher.reconcile;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyedSerializerTest {
    private final List<Duration> delays = new ArrayList<>();
    private final Deque<Runnable> timers = new ArrayDeque<>();
    private final KeyedSerializer<String> turns = new KeyedSerializer<>((delay, task) -> {
        delays.add(delay);
        timers.add(task);
    });
    private final List<UniEmitter<? super Void>> running = new ArrayList<>();

    @Test
    void thoseWhoComeWhileItIsBusyShareOneMoreTurn() {
        CompletableFuture<Void> first = start("a");
        CompletableFuture<Void> second = start("a");
        CompletableFuture<Void> third = start("a");
        assertThat(running).hasSize(1);

        running.getFirst().complete(null);
        assertThat(first).isCompleted();
        assertThat(second).isNotDone();
        assertThat(running).hasSize(2);

        running.get(1).complete(null);
        assertThat(second).isCompleted();
        assertThat(third).isCompleted();
        assertThat(running).hasSize(2);
    }

    @Test
    void otherKeysDoNotWait() {
        start("a");
        start("b");

        assertThat(running).hasSize(2);
    }

    @Test
    void afterAFailureThoseWhoCameMeanwhileWaitForTheRest() {
        CompletableFuture<Void> first = start("a");
        CompletableFuture<Void> second = start("a");
        running.getFirst().fail(new IllegalStateException("broken"));
        assertThat(first).isCompletedExceptionally();
        assertThat(running).hasSize(1);

        timers.remove().run();
        running.get(1).complete(null);

        assertThat(second).isCompleted();
    }

    @Test
    void aFailedTurnIsRepeatedAtGrowingDistancesThoughNobodyAsks() {
        start("a");
        for (int failure = 0; failure < 8; failure++) {
            running.get(failure).fail(new IllegalStateException("broken"));
            timers.remove().run();
        }

        assertThat(delays).containsExactly(millis(250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000));
        assertThat(running).hasSize(8);
    }

    @Test
    void aSuccessEndsTheBackOff() {
        start("a");
        running.get(0).fail(new IllegalStateException("broken"));
        timers.remove().run();
        running.get(1).complete(null);
        start("a");
        running.get(2).fail(new IllegalStateException("broken"));

        assertThat(delays).containsExactly(millis(250, 250));
    }

    @Test
    void anotherLookComesOnceHoweverOftenItIsWished() {
        turns.later("a", Duration.ofSeconds(3), this::action);
        turns.later("a", Duration.ofSeconds(3), this::action);
        assertThat(running).isEmpty();

        timers.remove().run();
        assertThat(running).hasSize(1);
        assertThat(timers).isEmpty();

        turns.later("a", Duration.ofSeconds(3), this::action);
        assertThat(timers).hasSize(1);
    }

    @Test
    void anActionThatThrowsDoesNotBlockTheKey() {
        assertThatThrownBy(() -> turns.run("a", () -> {
                            throw new IllegalStateException("broken");
                        })
                        .await()
                        .indefinitely())
                .hasMessage("broken");

        CompletableFuture<Void> next = start("a");
        timers.remove().run();
        running.getFirst().complete(null);

        assertThat(next).isCompleted();
    }

    private static Duration[] millis(int... millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    private CompletableFuture<Void> start(String key) {
        return turns.run(key, this::action).subscribeAsCompletionStage();
    }

    private Uni<Void> action() {
        return Uni.createFrom().emitter(running::add);
    }
}
