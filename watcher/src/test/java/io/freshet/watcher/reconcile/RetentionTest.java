package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunIds;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class RetentionTest {
    private static final Duration KEPT = Duration.ofDays(40);

    private final Lab lab = new Lab();
    private int random;

    @Test
    void aFinishedRunGoesWhenItHasBeenKeptLongEnough() {
        RunId old = ended(41, 41);
        RunId young = ended(39, 39);

        sweep(KEPT);

        assertThat(isDeleted(old)).isTrue();
        assertThat(lab.isMarked(old)).isTrue();
        assertThat(isDeleted(young)).isFalse();
    }

    @Test
    void itIsTheEndThatCounts() {
        RunId longAtWork = ended(80, 39);

        sweep(KEPT);

        assertThat(isDeleted(longAtWork)).isFalse();
    }

    @Test
    void anUnfinishedRunStaysHoweverOldItIs() {
        RunId unfinished = submitted(90);

        sweep(KEPT);

        assertThat(isDeleted(unfinished)).isFalse();
    }

    @Test
    void onlyDocumentsOfRunsThatWereSubmittedSoLongAgoAreRead() {
        for (int i = 0; i < 20; i++) {
            ended(1, 1);
        }
        ended(50, 50);
        lab.calls.clear();

        sweep(KEPT);

        assertThat(lab.calls).filteredOn("read"::equals).hasSizeLessThanOrEqualTo(4);
    }

    @Test
    void aDocumentThatCannotBeReadKeepsNoOtherRun() {
        RunId broken = ended(60, 60);
        Lab.now(lab.blobs.put(
                RunFiles.document(broken),
                List.of(ByteBuffer.wrap(new byte[] {'?'})),
                Attributes.ofType("text/plain"),
                Condition.ALWAYS));
        RunId old = ended(50, 50);

        sweep(KEPT);

        assertThat(isDeleted(old)).isTrue();
    }

    @Test
    void withoutARetentionNothingIsListed() {
        lab.calls.clear();

        Lab.now(retention(Optional.empty()).sweep());

        assertThat(lab.calls).isEmpty();
    }

    @Test
    void theSweepIsHourlyOrAsOftenAsRunsGo() {
        assertThat(retention(Optional.of(KEPT)).interval()).isEqualTo(Duration.ofHours(1));
        assertThat(retention(Optional.empty()).interval()).isEqualTo(Duration.ofHours(1));
        assertThat(retention(Optional.of(Duration.ofSeconds(5))).interval()).isEqualTo(Duration.ofSeconds(5));
    }

    private void sweep(Duration kept) {
        Lab.now(retention(Optional.of(kept)).sweep());
    }

    private Retention retention(Optional<Duration> kept) {
        return new Retention(lab.blobs, lab.store, lab.clock, new Lab.Config(512, kept));
    }

    private RunId submitted(int daysAgo) {
        Clock then = daysAgo(daysAgo);
        RunId id = new RunIds(then, bound -> random++).next();
        Lab.now(lab.store.create(Run.submitted(id, SampleRuns.spec(), then.instant())));
        return id;
    }

    private RunId ended(int submittedDaysAgo, int endedDaysAgo) {
        RunId id = submitted(submittedDaysAgo);
        Lab.now(lab.store.update(id, run -> run.cancel("a reason", daysAgo(endedDaysAgo))));
        return id;
    }

    private Clock daysAgo(int days) {
        Instant then = lab.clock.instant().minus(Duration.ofDays(days));
        return Clock.fixed(then, ZoneOffset.UTC);
    }

    private boolean isDeleted(RunId id) {
        return Lab.now(lab.store.find(id)).orElseThrow().isDeleted();
    }
}
