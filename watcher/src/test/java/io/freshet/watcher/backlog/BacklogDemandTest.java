package io.freshet.watcher.backlog;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;
import io.freshet.items.PartLayout;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import org.junit.jupiter.api.Test;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What several watchers say that the workers of the cluster should do. */
class BacklogDemandTest {
    private static final RunId ID = SampleRuns.ID;
    private static final Clock CLOCK = SampleRuns.at(50);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger listings = new AtomicInteger();
    private CompletableFuture<Void> listing = CompletableFuture.completedFuture(null);
    private boolean documentsAreAway;
    private final BlobStore blobs = watched(new InMemoryBlobStore(CLOCK));
    private final RunStore store = new RunStore(blobs);
    private final PartLayout layout = new PartLayout(blobs, "jobs");
    private final Backlog ours = BacklogLab.backlog(blobs, CLOCK, nanos::get);
    private final Backlog theirs = BacklogLab.backlog(blobs, CLOCK, nanos::get);

    @Test
    void aWatcherThatHasJustStartedKnowsWhatThereIs() {
        started();

        assertThat(now(ours.demand())).isEqualTo(2);
        assertThat(now(theirs.demand())).isEqualTo(2);
    }

    @Test
    void anAnswerIsASecondOldAtMost() {
        assertThat(now(theirs.demand())).isZero();
        started();

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(now(theirs.demand())).isEqualTo(2);
    }

    @Test
    void questionsWithinASecondShareALookAtStorage() {
        now(ours.demand());
        now(ours.demand());

        assertThat(listings).hasValue(1);
    }

    @Test
    void aRunThatCannotBeReadIsNotLeftOut() {
        started();
        documentsAreAway = true;

        assertThatThrownBy(() -> now(ours.demand())).isInstanceOf(Transient.class);

        documentsAreAway = false;
        assertThat(now(ours.demand())).isEqualTo(2);
    }

    @Test
    void whoGivesUpWaitingDoesNotEndTheLookOfOthers() {
        started();
        listing = new CompletableFuture<>();
        UniAssertSubscriber<Integer> impatient = ours.demand().subscribe().withSubscriber(UniAssertSubscriber.create());
        UniAssertSubscriber<Integer> patient = ours.demand().subscribe().withSubscriber(UniAssertSubscriber.create());

        impatient.cancel();
        listing.complete(null);

        patient.awaitItem(Patience.LIMIT).assertItem(2);
    }

    @Test
    void aSuspendedRunKeepsTheWorkersThatItHas() {
        started();
        ours.saw(now(store.find(ID)).orElseThrow());
        now(blobs.acquireLease(PartLayout.indexName(ID, part(1)), "a lease", Duration.ofSeconds(15)));

        ours.saw(change(run -> run.dispatched(3, CLOCK).suspend(CLOCK)));

        assertThat(now(ours.demand())).isEqualTo(1);
        assertThat(now(theirs.demand())).isEqualTo(1);
    }

    @Test
    void aSuspendedRunWithoutWorkWakesNobody() {
        started();
        AssertSubscriber<Integer> demands = ours.demands().subscribe().withSubscriber(AssertSubscriber.create(100));
        Run suspended = change(run -> run.dispatched(3, CLOCK).suspend(CLOCK));

        ours.saw(suspended);
        now(ours.sweep());
        ours.saw(suspended);

        assertThat(demands.getItems()).allMatch(items -> items == 0);
        assertThat(now(ours.demand())).isZero();
    }

    @Test
    void aChangeIsToldAtOnce() {
        AssertSubscriber<Integer> demands = ours.demands().subscribe().withSubscriber(AssertSubscriber.create(100));

        ours.saw(SampleRuns.running());
        ours.saw(SampleRuns.running().apply(SampleRuns.done(0, 1), CLOCK));
        ours.saw(SampleRuns.finalizing());
        ours.saw(SampleRuns.completed());

        assertThat(demands.getItems()).containsExactly(2, 1, 0);
    }

    @Test
    void whatAnotherWatcherDidIsToldByTheSweep() {
        AssertSubscriber<Integer> demands = theirs.demands().subscribe().withSubscriber(AssertSubscriber.create(100));
        ours.saw(started());

        now(theirs.sweep());

        assertThat(demands.getItems()).contains(2);
    }

    private Run started() {
        Run run = SampleRuns.pending();
        for (int item = 0; item < run.itemCount(); item++) {
            now(layout.open(ID, part(item)));
        }
        now(store.markActive(ID));
        now(store.create(run));
        return change(r -> r.start(CLOCK));
    }

    private static Part part(int item) {
        return new Part(item, 100L * item, 100, 1 + 10L * item, 10);
    }

    private Run change(UnaryOperator<Run> change) {
        return now(store.update(ID, change));
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }

    private BlobStore watched(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("list")) {
                        listings.incrementAndGet();
                        return ((Uni<?>) method.invoke(store, arguments))
                                .call(() -> Uni.createFrom().completionStage(listing.copy()));
                    }
                    if (method.getName().equals("readIfChanged") && documentsAreAway) {
                        return Uni.createFrom().failure(new Transient(FailureCode.STORAGE_UNAVAILABLE, "away", null));
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
