package io.freshet.watcher.progress;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.run.Dispatch;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import io.freshet.watcher.backlog.BacklogLab;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProgressLedgerTest {
    private static final RunId ID = SampleRuns.ID;
    private static final int ITEMS = 200;

    private final Clock clock = Clock.systemUTC();
    private final RunStore store = new RunStore(new InMemoryBlobStore(clock));
    private final Vertx vertx = Vertx.vertx();
    private final ProgressLedger ledger = new ProgressLedger(store, clock, vertx, BacklogLab.backlog(store));

    @AfterEach
    void close() {
        vertx.close();
    }

    @Test
    void duplicatedAndReorderedOutcomesCountOnce() {
        create();
        List<Integer> items = IntStream.range(0, ITEMS).boxed().collect(Collectors.toList());
        items.addAll(items);
        Collections.shuffle(items, new java.util.Random(1));

        Uni.join()
                .all(items.stream().map(this::done).toList())
                .andFailFast()
                .await()
                .atMost(Patience.LIMIT);

        Run run = store.find(ID).await().indefinitely().orElseThrow();
        assertThat(run.progress().done().size()).isEqualTo(ITEMS);
        assertThat(run.progress().tally().lines()).isEqualTo(ITEMS * 10L);
        assertThat(run.progress().tally().rejectedLines()).isEqualTo(ITEMS);
    }

    @Test
    void theLastOutcomeOfARunDoesNotWaitForOthers() {
        create();
        ProgressLedger pausing = new ProgressLedger(store, clock, withoutTimers(), BacklogLab.backlog(store));

        assertThat(record(pausing, 0, 1)).isCompleted();
        CompletableFuture<Run> waiting = record(pausing, 1, 2);
        assertThat(waiting).isNotDone();

        assertThat(record(pausing, 2, ITEMS)).isCompleted();
        assertThat(waiting).isCompleted();
    }

    /** Pauses never end. */
    private static Vertx withoutTimers() {
        return (Vertx) Proxy.newProxyInstance(
                Vertx.class.getClassLoader(),
                new Class<?>[] {Vertx.class},
                (proxy, method, arguments) -> method.getName().equals("setTimer") ? (Object) 1L : (Object) true);
    }

    private static CompletableFuture<Run> record(ProgressLedger ledger, int from, int to) {
        List<ItemOutcome.Done> outcomes = IntStream.range(from, to)
                .mapToObj(item -> new ItemOutcome.Done(item, new Tally(10, 1)))
                .toList();
        return ledger.record(ID, outcomes).subscribeAsCompletionStage();
    }

    @Test
    void outcomesOfAnUnknownRunFail() {
        assertThatThrownBy(() -> done(1).await().atMost(Patience.LIMIT))
                .isInstanceOfSatisfying(
                        FreshetException.class, f -> assertThat(f.code()).isEqualTo(FailureCode.NOT_FOUND));
    }

    @Test
    void itemsBeyondTheRunAreIgnored() {
        create();

        Run run = done(ITEMS + 5).await().atMost(Patience.LIMIT);

        assertThat(run.progress().done().isEmpty()).isTrue();
    }

    @Test
    void whatFailedInAnEarlierExecutionSaysNothingOfThisOne() {
        Run failed = SampleRuns.failed();
        Run repeated = failed.rerunFailed(clock).start(clock).dispatched(Dispatch.ALL, clock);
        store.create(repeated).await().indefinitely();
        List<ItemOutcome> failure = List.of(SampleRuns.failed(1));

        Run late = ledger.recordOfExecution(failed, failure).await().atMost(Patience.LIMIT);
        Run now = ledger.recordOfExecution(repeated, failure).await().atMost(Patience.LIMIT);

        assertThat(late.progress().failed().isEmpty()).isTrue();
        assertThat(now.progress().failed().contains(1)).isTrue();
    }

    private Uni<Run> done(int item) {
        return ledger.record(ID, List.of(new ItemOutcome.Done(item, new Tally(10, 1))));
    }

    private void create() {
        Run run = SampleRuns.pending(ITEMS).start(clock);
        store.create(run).await().indefinitely();
    }
}
