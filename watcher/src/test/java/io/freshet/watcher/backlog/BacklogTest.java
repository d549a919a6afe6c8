package io.freshet.watcher.backlog;

import io.freshet.run.ItemOutcome;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore;
import io.freshet.storage.RunStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import io.freshet.watcher.backlog.Backlog.Load;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;

import static org.assertj.core.api.Assertions.assertThat;

class BacklogTest {
    private static final RunId ID = SampleRuns.ID;
    private static final Clock CLOCK = SampleRuns.at(50);

    private final BlobStore blobs = new InMemoryBlobStore(CLOCK);
    private final RunStore store = new RunStore(blobs);
    private final Backlog ours = BacklogLab.backlog(blobs, CLOCK, () -> 0);
    private final Backlog theirs = BacklogLab.backlog(blobs, CLOCK, () -> 0);

    @Test
    void whatWasSeenIsKnownAtOnce() {
        ours.saw(SampleRuns.running().apply(SampleRuns.done(0, 1), CLOCK));

        assertThat(ours.runs()).containsOnlyKeys(ID).containsValue(new Load("Running", 3, 1, 0));
    }

    @Test
    void aSweepFindsWhatAnotherWatcherDid() {
        submitted();
        sweep();
        assertThat(theirs.runs().get(ID)).isEqualTo(new Load("Pending", 4, 0, 0));

        ours.saw(change(run -> run.start(CLOCK).apply(List.<ItemOutcome>of(SampleRuns.failed(1)), CLOCK)));
        sweep();

        assertThat(theirs.runs()).isEqualTo(ours.runs());
        assertThat(theirs.runs().get(ID)).isEqualTo(new Load("Running", 3, 0, 1));
    }

    @Test
    void aRunThatAnotherWatcherEndedIsNotThereAnyMore() {
        submitted();
        sweep();
        ours.saw(change(run -> run.start(CLOCK)));

        change(run -> run.cancel("a reason", CLOCK));
        now(store.unmarkActive(ID));
        sweep();

        assertThat(ours.runs()).isEmpty();
        assertThat(theirs.runs()).isEmpty();
    }

    @Test
    void aRunThatIsDeletedWhileItRunsIsNotThereAnyMore() {
        submitted();
        ours.saw(change(run -> run.start(CLOCK)));

        ours.saw(change(run -> run.delete(CLOCK)));

        assertThat(ours.runs()).isEmpty();
    }

    @Test
    void anUploadThatIsNoRunYetIsNotCounted() {
        now(store.markActive(ID));

        assertThat(now(ours.sweep())).containsExactly(ID);
        assertThat(ours.runs()).isEmpty();
    }

    @Test
    void itIsMeasured() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        BacklogMetrics metrics = new BacklogMetrics(registry, ours);
        ours.saw(SampleRuns.running().apply(SampleRuns.done(0, 1), CLOCK));

        assertThat(metrics).isNotNull();
        assertThat(registry.get("freshet.runs").tag("state", "running").gauge().value())
                .isEqualTo(1);
        assertThat(registry.get("freshet.run.items")
                        .tag("state", "open")
                        .gauge()
                        .value())
                .isEqualTo(3);
    }

    private void submitted() {
        now(store.markActive(ID));
        now(store.create(SampleRuns.pending()));
    }

    private Run change(UnaryOperator<Run> change) {
        return now(store.update(ID, change));
    }

    private void sweep() {
        now(ours.sweep());
        now(theirs.sweep());
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }
}
