package io.freshet.watcher.reconcile;

import io.freshet.items.ItemIndex;
import io.freshet.message.WorkMessage;
import io.freshet.run.Dispatch;
import io.freshet.run.ItemOutcome;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import org.junit.jupiter.api.Test;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DispatchStepTest {
    private final Lab lab = new Lab();

    @Test
    void aSmallRunIsSentAtOnceAndInOrder() {
        Run run = take(lab.running(12));

        assertThat(lab.queue.parts())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 12).boxed().toList());
        assertThat(run.dispatch().cursor()).isEqualTo(Dispatch.ALL);
        assertThat(run.needsDispatch()).isFalse();
        assertThat(lab.queue.sent.getFirst()).isEqualTo(new WorkMessage.ComputeItem(run.id(), Lab.part(0), 0));
    }

    @Test
    void neverMoreThanAWindowIsOut() {
        lab.window(8);
        Run run = take(lab.running(100));

        assertThat(lab.queue.parts()).hasSize(8);
        assertThat(take(run)).isEqualTo(run);
        assertThat(lab.queue.parts()).hasSize(8);
    }

    @Test
    void theWindowIsRefilledAsPartsAreSettledUntilEachHasHadOneMessage() {
        lab.window(8);
        Run run = take(lab.running(100));
        Set<Integer> settled = new HashSet<>();

        for (int round = 0; !run.isSettled() && round < 200; round++) {
            int part = lab.queue.parts().stream()
                    .filter(p -> !settled.contains(p))
                    .findFirst()
                    .orElseThrow();
            settled.add(part);
            run = take(lab.done(run, part - 1));
            assertThat(run.outstanding()).isLessThanOrEqualTo(8);
        }

        assertThat(run.isSettled()).isTrue();
        assertThat(lab.queue.parts()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void anotherWatcherGoesOnWhereTheCursorIs() {
        lab.window(8);
        Run first = take(lab.running(100));
        Run settled = lab.done(first, first.sent().items().toArray());

        Run run = Lab.next(anotherWatcher().take(settled));

        assertThat(lab.queue.parts()).hasSize(16).doesNotHaveDuplicates();
        assertThat(run.outstanding()).isEqualTo(8);
    }

    @Test
    void anotherWatcherPassesNothingThatHasHadNoMessageHoweverLongTheListingIs() {
        lab.window(8);
        Run first = take(lab.running(5_100));
        Run settled = lab.done(first, first.sent().items().toArray());

        Run run = Lab.next(anotherWatcher().take(settled));

        assertThat(run.sent().size()).isEqualTo(16);
        assertThat(lab.queue.parts()).hasSize(16).doesNotHaveDuplicates();
    }

    @Test
    void ofTwoWatchersThatRefillAtOnceOneSends() {
        lab.window(8);
        Run first = take(lab.running(100));
        Run settled = lab.done(first, first.sent().items().toArray());

        Lab.next(anotherWatcher().take(settled));
        Run run = take(settled);

        assertThat(lab.queue.parts()).hasSize(16).doesNotHaveDuplicates();
        assertThat(run).isEqualTo(lab.stored());
    }

    @Test
    void aWatcherThatDiesWhileItBeginsBeginsAgain() {
        lab.window(8);
        lab.queue.breaksAfter = 5;
        Run running = lab.running(100);
        assertThatThrownBy(() -> take(running)).hasMessage("the queue is away");
        assertThat(lab.stored().needsDispatch()).isTrue();

        lab.queue.breaksAfter = Integer.MAX_VALUE;
        Run run = take(lab.stored());

        assertThat(Set.copyOf(lab.queue.parts())).hasSize(8);
        assertThat(run.outstanding()).isEqualTo(8);
    }

    @Test
    void aWatcherThatDiesInTheMiddleOfARefillLeavesItToTheStallDetector() {
        lab.window(8);
        Run first = take(lab.running(100));
        Run settled = lab.done(first, first.sent().items().toArray());
        lab.queue.breaksAfter = 11;
        assertThatThrownBy(() -> take(settled)).hasMessage("the queue is away");

        Run run = lab.stored();
        lab.queue.breaksAfter = Integer.MAX_VALUE;
        lab.queue.depth = Optional.of(3);
        Lab.now(lab.repeat().take(run));
        lab.clock.advance(Lab.INTERVAL);
        Lab.now(lab.repeat().take(run));

        assertThat(run.outstanding()).isEqualTo(8);
        assertThat(Set.copyOf(lab.queue.parts())).hasSize(16);
    }

    @Test
    void aResumedRunIsSentFromWhatIsOpen() {
        lab.window(8);
        Run first = take(lab.running(20));
        lab.done(first, 9, 10);
        lab.queue.sent.clear();

        Run run = take(lab.change(r -> r.suspend(lab.clock).resume(lab.clock)));

        assertThat(lab.queue.parts()).hasSize(8).doesNotContain(10, 11).contains(12, 19);
        assertThat(run.outstanding()).isEqualTo(8);
    }

    @Test
    void aRerunOpensTheFailedPartsOfEachWindowBeforeItsCursorPassesThem() {
        lab.window(8);
        Run run = lab.running(20);
        for (int item = 0; item < 20; item++) {
            lab.index(run, ItemIndex.open(Lab.part(item)).attempted().failed("broken"));
        }
        lab.change(r -> r.dispatched(Dispatch.ALL, lab.clock)
                .apply(failures(20), lab.clock)
                .settle(lab.clock)
                .end(lab.clock));

        Run again = take(lab.change(r -> r.rerunFailed(lab.clock).start(lab.clock)));

        assertThat(lab.queue.sent).hasSize(8).allMatch(m -> ((WorkMessage.ComputeItem) m).attempts() == 0);
        assertThat(again.apply(failures(20), lab.clock).progress().failed()).isEqualTo(again.sent());
        assertThat(openIndexes(run)).hasSize(8);
    }

    @Test
    void aRunOfManyPartsIsListedOnceAltogether() {
        lab.window(40);
        Run run = take(lab.running(400));
        lab.calls.clear();

        while (!run.isSettled()) {
            int[] out = run.sent().minus(run.progress().done()).items().toArray();
            run = take(lab.done(run, out));
        }

        assertThat(lab.calls.stream().filter("list"::equals)).hasSizeLessThanOrEqualTo(10);
        assertThat(lab.queue.parts()).hasSize(400).doesNotHaveDuplicates();
    }

    private List<ItemIndex> openIndexes(Run run) {
        return Lab.now(lab.layouts
                .of(run)
                .indexes(run)
                .filter(ItemIndex::isOpen)
                .collect()
                .asList());
    }

    static List<ItemOutcome> failures(int items) {
        return IntStream.range(0, items)
                .<ItemOutcome>mapToObj(SampleRuns::failed)
                .toList();
    }

    private DispatchStep anotherWatcher() {
        return new DispatchStep(lab.layouts, lab.store, lab.queue, new UnsentItems(lab.layouts), lab.clock, lab.config);
    }

    private Run take(Run run) {
        return Lab.next(lab.dispatch().take(run));
    }
}
