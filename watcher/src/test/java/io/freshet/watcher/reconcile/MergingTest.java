package io.freshet.watcher.reconcile;

import io.freshet.items.MergeIndex;
import io.freshet.message.Wire;
import io.freshet.message.WorkMessage;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MergingTest {
    private static final Clock CLOCK = SampleRuns.at(100);

    private final InMemoryBlobStore blobs = new InMemoryBlobStore(CLOCK);
    private final RunStore store = new RunStore(blobs);
    private final List<String> sent = new ArrayList<>();
    private final Merging merging = new Merging(
            blobs,
            store,
            new WorkOutbox(emitter(), () -> Uni.createFrom().item(0)),
            CLOCK,
            new Stillness(Duration.ofSeconds(1), () -> 0));

    @Test
    void aRunWhosePartsAreSettledHasOneMessageAndAnIndexThatAWorkerClaims() {
        Run run = SampleRuns.finalizing();
        store.create(run).await().indefinitely();

        merging.of(run).await().indefinitely();
        merging.of(run).await().indefinitely();

        assertThat(hasIndex(run)).isTrue();
        assertThat(sent).containsExactly(Wire.write(new WorkMessage.MergeResults(run.id(), 1)));
    }

    @Test
    void nothingIsLeftWhenAnotherWatcherHasEndedTheRunMeanwhile() {
        Run run = SampleRuns.finalizing();
        store.create(SampleRuns.completed()).await().indefinitely();

        merging.of(run).await().indefinitely();

        assertThat(hasIndex(run)).isFalse();
        assertThat(sent).isEmpty();
    }

    private boolean hasIndex(Run run) {
        return blobs.describe(MergeIndex.name(run.id())).await().indefinitely().isPresent();
    }

    @SuppressWarnings("unchecked")
    private MutinyEmitter<String> emitter() {
        return (MutinyEmitter<String>) Proxy.newProxyInstance(
                MutinyEmitter.class.getClassLoader(),
                new Class<?>[] {MutinyEmitter.class},
                (proxy, method, arguments) -> {
                    sent.add((String) arguments[0]);
                    return Uni.createFrom().voidItem();
                });
    }
}
