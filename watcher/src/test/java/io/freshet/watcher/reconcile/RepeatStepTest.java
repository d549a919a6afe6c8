package io.freshet.watcher.reconcile;

import io.freshet.items.ItemIndex;
import io.freshet.items.PartLayout;
import io.freshet.run.Run;
import io.freshet.watcher.reconcile.Step.Next;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

class RepeatStepTest {
    private final Lab lab = new Lab();

    @Test
    void messagesThatAreLostAreSentAgainAfterAnInterval() {
        Run run = sent(4);

        take(run);
        assertThat(lab.queue.sent).isEmpty();

        lab.clock.advance(Lab.INTERVAL);
        take(run);
        assertThat(lab.queue.parts()).containsExactly(1, 2, 3, 4);
        assertThat(lab.stored().dispatch().repeats()).isEqualTo(1);
    }

    @Test
    void aQueueThatStillHoldsThemIsLeftAlone() {
        Run run = sent(4);
        lab.queue.depth = Optional.of(4);

        stall(run);

        assertThat(lab.queue.sent).isEmpty();
        assertThat(lab.stored().dispatch().repeats()).isZero();
    }

    @Test
    void partsThatSomebodyWorksOnOrThatFailedAreNotRepeated() {
        Run run = sent(4);
        Lab.now(lab.blobs.acquireLease(
                PartLayout.indexName(run.id(), Lab.part(1)), "a worker", Duration.ofSeconds(60)));
        lab.index(run, ItemIndex.open(Lab.part(2)).failed("broken"));

        stall(run);

        assertThat(lab.queue.parts()).containsExactly(1, 4);
    }

    @Test
    void partsThatHaveHadNoMessageYetAreNotRepeated() {
        lab.window(8);
        lab.running(100);
        Run run = Lab.next(lab.dispatch().take(lab.stored()));
        List<Integer> first = lab.queue.parts();
        lab.queue.sent.clear();

        stall(run);

        assertThat(lab.queue.parts()).containsExactlyInAnyOrderElementsOf(first);
    }

    @Test
    void aRunThatMovesIsNotStalled() {
        Run run = sent(4);
        take(run);
        lab.clock.advance(Lab.INTERVAL);

        take(lab.done(run, 0));

        assertThat(lab.queue.sent).isEmpty();
    }

    private Run sent(int parts) {
        Run run = Lab.next(lab.dispatch().take(lab.running(parts)));
        lab.queue.sent.clear();
        return run;
    }

    private void stall(Run run) {
        take(run);
        lab.clock.advance(Lab.INTERVAL);
        take(run);
    }

    private void take(Run run) {
        assertThat(Lab.now(lab.repeat().take(run))).isEqualTo(Next.done());
    }
}
