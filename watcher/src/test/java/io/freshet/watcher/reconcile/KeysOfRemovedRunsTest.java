package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunSpec;
import io.freshet.run.SampleRuns;
import io.freshet.storage.IdempotencyRecords;
import io.freshet.storage.IdempotencyRecords.IdempotencyRecord;
import io.freshet.storage.RunFiles;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.Clock;

import static org.assertj.core.api.Assertions.assertThat;

/** What the removal of a run does with the idempotency key that led to it. */
class KeysOfRemovedRunsTest {
    private static final Clock CLOCK = SampleRuns.at(100);
    private static final String KEY = "ab12";

    private final InMemoryBlobStore blobs = new InMemoryBlobStore(CLOCK);
    private final RunStore store = new RunStore(blobs);
    private final IdempotencyRecords records = new IdempotencyRecords(blobs);
    private final Removal removal = new Removal(
            blobs,
            store,
            CLOCK,
            new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(WatcherConfig.class)
                    .build()
                    .getConfigMapping(WatcherConfig.class));

    @Test
    void theKeyGoesWithItsRun() {
        Run run = deleted(submitted("1"));

        await(removal.of(run));

        assertThat(await(blobs.describe(RunFiles.idempotency(KEY)))).isEmpty();
        assertThat(await(store.find(run.id()))).isEmpty();
    }

    @Test
    void theKeyStaysIfItLeadsToAnotherRunByNow() {
        Run run = deleted(submitted("1"));
        Run next = submitted("2");

        await(removal.of(run));

        assertThat(await(store.find(run.id()))).isEmpty();
        assertThat(await(records.claim(KEY, new IdempotencyRecord("request", sample("3"))))
                        .run())
                .isEqualTo(next);
    }

    private Run submitted(String number) {
        Run run = sample(number);
        await(records.claim(KEY, new IdempotencyRecord("request", run)));
        await(store.create(run));
        return run;
    }

    private Run deleted(Run run) {
        return await(store.update(run.id(), r -> r.delete(CLOCK)));
    }

    private static Run sample(String number) {
        RunSpec spec = SampleRuns.spec();
        RunSpec keyed = new RunSpec(spec.handler(), spec.items(), spec.name(), spec.placement(), KEY);
        return Run.submitted(new RunId("2026-11", number), keyed, SampleRuns.SUBMITTED);
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Patience.LIMIT);
    }
}
