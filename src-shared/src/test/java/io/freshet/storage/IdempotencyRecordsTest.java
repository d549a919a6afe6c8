package io.freshet.storage;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import io.freshet.storage.IdempotencyRecords.IdempotencyRecord;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class IdempotencyRecordsTest {
    private static final String KEY = "ab12";
    private static final int CLIENTS = 10;
    private static final Clock CLOCK = Clock.systemUTC();

    private final InMemoryBlobStore blobs = new InMemoryBlobStore(CLOCK);
    private final RunStore runs = new RunStore(blobs);
    private final IdempotencyRecords records = new IdempotencyRecords(blobs);

    @Test
    void theFirstClaimHoldsTheKey() {
        IdempotencyRecord first = record("hash calculator 10", 1);

        assertThat(await(records.claim(KEY, first))).isEqualTo(first);
    }

    @Test
    void theKeyOfARunThatExistsLeadsToThatRun() {
        IdempotencyRecord first = record("hash calculator 10", 1);
        await(records.claim(KEY, first));
        await(runs.create(first.run()));

        assertThat(await(records.claim(KEY, record("hash calculator 10", 2)))).isEqualTo(first);
        assertThat(await(records.claim(KEY, record("another body", 3)))).isEqualTo(first);
    }

    @Test
    void theKeyOfARunWhoseReleaseWasCutShortLeadsToThatRun() {
        IdempotencyRecord first = record("hash calculator 10", 1);
        await(runs.markActive(first.run().id()));
        await(records.claim(KEY, first));

        assertThat(await(records.claim(KEY, record("hash calculator 10", 2)))).isEqualTo(first);
    }

    @Test
    void theKeyOfARunThatIsGoneIsFreeAgain() {
        await(records.claim(KEY, record("hash calculator 10", 1)));
        IdempotencyRecord second = record("another body", 2);

        assertThat(await(records.claim(KEY, second))).isEqualTo(second);
        await(runs.create(second.run()));
        assertThat(await(records.claim(KEY, record("third", 3)))).isEqualTo(second);
    }

    @Test
    void theKeyOfARunThatIsBeingDeletedIsFreeAgain() {
        IdempotencyRecord first = released(1);
        await(runs.update(first.run().id(), run -> run.delete(CLOCK)));
        IdempotencyRecord second = record("hash calculator 10", 2);

        assertThat(await(records.claim(KEY, second))).isEqualTo(second);
    }

    @Test
    void ofManyClientsAtOnceExactlyOneHoldsTheKeyOfARunThatIsBeingDeleted() {
        IdempotencyRecord first = released(99);
        await(runs.update(first.run().id(), run -> run.delete(CLOCK)));

        assertThat(claimedAtOnce()).hasSize(1).doesNotContain(first.run().id());
    }

    @Test
    void aRunThatGoesFreesItsKeyButNotThatOfTheRunAfterIt() {
        IdempotencyRecord first = released(1);
        await(runs.update(first.run().id(), run -> run.delete(CLOCK)));
        IdempotencyRecord second = record("hash calculator 10", 2);
        await(records.claim(KEY, second));
        await(runs.create(second.run()));

        await(records.free(KEY, first.run().id()));
        assertThat(await(records.claim(KEY, record("hash calculator 10", 3)))).isEqualTo(second);

        await(records.free(KEY, second.run().id()));
        assertThat(await(blobs.describe(RunFiles.idempotency(KEY)))).isEmpty();
        await(records.free(KEY, second.run().id()));
    }

    /** The marker is the last thing of a run that goes; seen without a document, it looks like a release cut short. */
    @Test
    void theKeyIsAskedForAgainIfARunGoesWhileItIsLookedAt() {
        IdempotencyRecord first = released(1);
        await(runs.markActive(first.run().id()));
        IdempotencyRecords interrupted =
                new IdempotencyRecords(before(RunFiles.document(first.run().id()), () -> {
                    await(records.free(KEY, first.run().id()));
                    await(runs.remove(first.run().id()));
                }));
        IdempotencyRecord second = record("hash calculator 10", 2);

        assertThat(await(interrupted.claim(KEY, second))).isEqualTo(second);
    }

    /** The same blobs, but something happens just before one of them is read. */
    private BlobStore before(String name, Runnable event) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("read") && arguments[0].equals(name)) {
                        event.run();
                    }
                    return method.invoke(blobs, arguments);
                });
    }

    private IdempotencyRecord released(int number) {
        IdempotencyRecord record = record("hash calculator 10", number);
        await(records.claim(KEY, record));
        await(runs.create(record.run()));
        return record;
    }

    @Test
    void ofManyClientsAtOnceExactlyOneHoldsTheKey() {
        assertThat(claimedAtOnce()).hasSize(1);
    }

    private Set<RunId> claimedAtOnce() {
        List<IdempotencyRecord> claimed;
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Uni<IdempotencyRecord>> claims = IntStream.rangeClosed(1, CLIENTS)
                    .mapToObj(number -> record("hash", number))
                    .map(record -> runs.markActive(record.run().id())
                            .chain(() -> records.claim(KEY, record))
                            .runSubscriptionOn(threads))
                    .toList();
            claimed = await(Uni.join().all(claims).andFailFast());
        }

        return claimed.stream().map(record -> record.run().id()).collect(Collectors.toSet());
    }

    @Test
    void aReferenceWithAnyCharactersIsKeptAsItIs() {
        IdempotencyRecord first = record("https://h/c/Straße ☃?x=1 \"0x1\" calculator 10", 1);
        await(runs.create(first.run()));
        await(records.claim(KEY, first));

        assertThat(await(records.claim(KEY, record("other", 2)))).isEqualTo(first);
    }

    private static IdempotencyRecord record(String request, int number) {
        RunId id = new RunId("2026-11", Integer.toString(number));
        Run sample = SampleRuns.pending();
        return new IdempotencyRecord(request, Run.submitted(id, sample.spec(), SampleRuns.SUBMITTED));
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Patience.LIMIT);
    }
}
