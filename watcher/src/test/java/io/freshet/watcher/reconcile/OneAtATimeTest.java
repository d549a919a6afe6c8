package io.freshet.watcher.reconcile;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OneAtATimeTest {
    private final OneAtATime<String> turns = new OneAtATime<>();
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
    void aFailureEndsItsTurnAlone() {
        CompletableFuture<Void> first = start("a");
        CompletableFuture<Void> second = start("a");

        running.getFirst().fail(new IllegalStateException("broken"));
        running.get(1).complete(null);

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompleted();
    }

    @Test
    void anActionThatThrowsDoesNotBlockTheKey() {
        AtomicInteger calls = new AtomicInteger();

        assertThatThrownBy(() -> turns.run("a", () -> {
                            throw new IllegalStateException("broken");
                        })
                        .await()
                        .indefinitely())
                .hasMessage("broken");
        turns.run("a", () -> Uni.createFrom().voidItem().invoke(calls::incrementAndGet))
                .await()
                .indefinitely();

        assertThat(calls).hasValue(1);
    }

    private CompletableFuture<Void> start(String key) {
        return turns.run(key, () -> Uni.createFrom().emitter(running::add)).subscribeAsCompletionStage();
    }
}
