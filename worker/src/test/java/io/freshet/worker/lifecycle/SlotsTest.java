package io.freshet.worker.lifecycle;

import io.freshet.worker.execution.ComputationThreads;
import io.freshet.worker.settlement.SettlementLab;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;

import static org.assertj.core.api.Assertions.assertThat;

/** How many messages a worker asks for. */
class SlotsTest {
    private static final int SETTLING_A_SLOT = 8;

    private final SettlementLab lab = new SettlementLab((lines, results) -> {});
    private final ComputationThreads threads = lab.executing.threads;
    private final int concurrency = threads.concurrency();
    private final Deque<Runnable> ends = new ArrayDeque<>();
    private final Slots slots = new Slots(threads, (message, done) -> ends.add(done), failure -> {});
    private long requested;

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void noMoreThanItemsAtOnceAreTaken() {
        subscribe();
        deliver(concurrency);

        assertThat(requested).isEqualTo(concurrency);

        ends.poll().run();
        assertThat(requested).isEqualTo(concurrency + 1);
    }

    @Test
    void whatIsOnlyBeingStoredKeepsNobodyWaiting() {
        subscribe();
        deliver(concurrency);
        CompletableFuture<Void> stored = settling();

        assertThat(requested).isEqualTo(concurrency + 1);

        deliver(1);
        stored.complete(null);
        ends.poll().run();
        assertThat(requested).isEqualTo(concurrency + 1);
    }

    @Test
    void thereIsALimitToWhatIsBeingStored() {
        subscribe();
        for (int i = 0; i < 10 * SETTLING_A_SLOT * concurrency; i++) {
            if (requested > ends.size()) {
                deliver(1);
                settling();
            }
        }

        assertThat(requested).isEqualTo((1L + SETTLING_A_SLOT) * concurrency);
    }

    @Test
    void nothingIsTakenAfterTheStop() {
        subscribe();
        deliver(concurrency);
        slots.stop();

        ends.poll().run();

        assertThat(requested).isEqualTo(concurrency);
    }

    private CompletableFuture<Void> settling() {
        CompletableFuture<Void> stored = new CompletableFuture<>();
        threads.settle(Uni.createFrom().completionStage(stored)).subscribe().with(done -> {});
        return stored;
    }

    private void deliver(int messages) {
        for (int i = 0; i < messages; i++) {
            slots.onItem(Message.of("work"));
        }
    }

    private void subscribe() {
        slots.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long n) {
                requested += n;
            }

            @Override
            public void cancel() {}
        });
    }
}
