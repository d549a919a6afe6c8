package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.run.IllegalTransition;
import io.freshet.run.ItemSet;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.run.SampleRuns;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunStoreTest {
    private static final int WRITERS = 20;

    private final InMemoryBlobStore blobs = new InMemoryBlobStore(Clock.systemUTC());
    private final RunStore store = new RunStore(blobs);

    @Test
    void ofManyWritersAtOnceNobodysOutcomeIsLost() {
        await(store.create(runOf(WRITERS)));

        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Uni<Run>> updates = IntStream.range(0, WRITERS)
                    .mapToObj(item -> store.update(
                                    SampleRuns.ID,
                                    run -> run.apply(List.of(SampleRuns.done(item)), SampleRuns.at(20 + item)))
                            .runSubscriptionOn(threads))
                    .toList();
            await(Uni.join().all(updates).andFailFast());
        }

        Run run = await(store.find(SampleRuns.ID)).orElseThrow();
        assertThat(run.progress().done()).isEqualTo(ItemSet.first(WRITERS));
        assertThat(run.progress().tally().lines()).isEqualTo(10L * WRITERS);
    }

    @Test
    void aForeignBlobAmongTheMarkersHidesNoRun() {
        await(store.markActive(SampleRuns.ID));
        await(blobs.put(
                RunFiles.ACTIVE_PREFIX + "notes.txt",
                List.of(),
                BlobStore.Attributes.ofType("text/plain"),
                BlobStore.Condition.ALWAYS));

        assertThat(await(store.active().collect().asList())).containsExactly(SampleRuns.ID);
    }

    @Test
    void aChangeIsMadeOnceThoughItsAnswerWasLost() {
        await(store.create(SampleRuns.completedWithErrors()));
        RunStore unlucky = new RunStore(repeatingItsWrites());

        Run again = await(unlucky.update(SampleRuns.ID, run -> run.rerunFailed(SampleRuns.at(200))));

        assertThat(again.dispatch().generation()).isEqualTo(2);
        assertThat(await(store.find(SampleRuns.ID))).contains(again);
    }

    /** As an adapter does that got no answer the first time. */
    private BlobStore repeatingItsWrites() {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (self, method, arguments) -> {
                    if (method.getName().equals("put")) {
                        await((Uni<?>) method.invoke(blobs, arguments));
                    }
                    return method.invoke(blobs, arguments);
                });
    }

    @Test
    void aRunIsCreatedOnce() {
        assertThat(await(store.create(SampleRuns.pending()))).isTrue();
        assertThat(await(store.create(SampleRuns.running()))).isFalse();
        assertThat(await(store.find(SampleRuns.ID))).contains(SampleRuns.pending());
    }

    @Test
    void aChangeThatChangesNothingIsNotWritten() {
        await(store.create(SampleRuns.suspended()));
        String before = etag();

        await(store.update(SampleRuns.ID, run -> run.suspend(SampleRuns.at(99))));

        assertThat(etag()).isEqualTo(before);
    }

    @Test
    void aRefusedChangeFailsAndLeavesTheRun() {
        await(store.create(SampleRuns.completed()));

        assertThatThrownBy(() -> await(store.update(SampleRuns.ID, run -> run.cancel("no", SampleRuns.at(99)))))
                .isInstanceOf(IllegalTransition.class);
        assertThat(await(store.find(SampleRuns.ID)).orElseThrow().state()).isInstanceOf(RunState.Completed.class);
    }

    @Test
    void anUnknownRunCannotBeChanged() {
        assertThatThrownBy(() -> await(store.update(SampleRuns.ID, run -> run)))
                .isInstanceOfSatisfying(
                        FreshetException.class, f -> assertThat(f.code()).isEqualTo(FailureCode.NOT_FOUND));
        assertThat(await(store.find(SampleRuns.ID))).isEmpty();
    }

    @Test
    void aRemovedRunIsGoneAndMayBeRemovedAgain() {
        await(store.create(SampleRuns.pending()));

        await(store.remove(SampleRuns.ID));
        await(store.remove(SampleRuns.ID));

        assertThat(await(store.find(SampleRuns.ID))).isEmpty();
    }

    @Test
    void activeRunsAreThoseThatAreMarkedNewestFirstInAMonth() {
        RunId older = new RunId("2026-11", "9000000000000000000");
        RunId newer = new RunId("2026-11", "8000000000000000000");
        RunId finished = new RunId("2026-11", "8500000000000000000");
        for (RunId id : List.of(older, newer, finished)) {
            await(store.markActive(id));
        }

        await(store.unmarkActive(finished));

        assertThat(await(store.active().collect().asList())).containsExactly(newer, older);
    }

    @Test
    void uploadsAreMarkedApartFromRuns() {
        await(store.markUploading(SampleRuns.ID));

        assertThat(await(store.active().collect().asList())).isEmpty();
        assertThat(await(store.uploadingSinceBefore(Instant.MIN).collect().asList()))
                .isEmpty();
        assertThat(await(store.uploadingSinceBefore(Instant.MAX).collect().asList()))
                .containsExactly(SampleRuns.ID);
        await(store.unmarkUploading(SampleRuns.ID));
        assertThat(await(store.uploadingSinceBefore(Instant.MAX).collect().asList()))
                .isEmpty();
    }

    @Test
    void aRunIsMarkedAgainUnlessItIsGone() {
        await(store.create(SampleRuns.completedWithErrors()));
        await(store.markAgain(SampleRuns.ID));
        assertThat(await(store.active().collect().asList())).containsExactly(SampleRuns.ID);

        await(store.remove(SampleRuns.ID));
        await(store.markAgain(SampleRuns.ID));
        assertThat(await(store.active().collect().asList())).isEmpty();
    }

    @Test
    void aRunIsReopenedThatWasForgottenWhileItChanged() {
        await(store.create(SampleRuns.completedWithErrors()));

        Run deleted = await(store.reopen(SampleRuns.ID, run -> {
            await(store.unmarkActive(SampleRuns.ID));
            return run.delete(Clock.systemUTC());
        }));

        assertThat(deleted.isDeleted()).isTrue();
        assertThat(await(store.active().collect().asList())).containsExactly(SampleRuns.ID);
    }

    private static Run runOf(int items) {
        return SampleRuns.pending(items).start(SampleRuns.at(10));
    }

    private String etag() {
        return await(blobs.read(RunFiles.document(SampleRuns.ID))).orElseThrow().etag();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Patience.LIMIT);
    }
}
