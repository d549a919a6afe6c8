package io.freshet.run;

import io.freshet.run.ItemOutcome.Tally;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressTest {

    @Provide
    Arbitrary<List<ItemOutcome>> outcomes() {
        Arbitrary<ItemOutcome> done = Combinators.combine(
                        Arbitraries.integers().between(0, 40),
                        Arbitraries.longs().between(0, 3))
                .as((item, rejected) ->
                        new ItemOutcome.Done(item, new Tally(item + 5L, item % 4 == 0 ? rejected % 2 : 0)));
        Arbitrary<ItemOutcome> failed =
                Arbitraries.integers().between(0, 40).map(item -> new ItemOutcome.Failed(item, "no"));
        return Arbitraries.oneOf(List.of(done, failed)).list().ofMaxSize(80);
    }

    @Property
    void whatIsSettledDoesNotDependOnOrderRepetitionOrBatches(
            @ForAll("outcomes") List<ItemOutcome> outcomes, @ForAll long seed) {
        List<ItemOutcome> shuffled = new ArrayList<>(outcomes);
        shuffled.addAll(outcomes);
        Collections.shuffle(shuffled, new Random(seed));

        Progress atOnce = Progress.NONE.plus(outcomes);
        Progress piecemeal = Progress.NONE;
        for (ItemOutcome outcome : shuffled) {
            piecemeal = piecemeal.plus(List.of(outcome));
        }

        assertThat(piecemeal.done()).isEqualTo(atOnce.done());
        assertThat(piecemeal.failed()).isEqualTo(atOnce.failed());
        assertThat(piecemeal.tally().lines()).isEqualTo(atOnce.tally().lines());
    }

    @Property
    void noItemIsBothDoneAndFailed(@ForAll("outcomes") List<ItemOutcome> outcomes) {
        Progress progress = Progress.NONE.plus(outcomes);

        Set<Integer> done = progress.done().items().boxed().collect(Collectors.toSet());
        Set<Integer> failed = progress.failed().items().boxed().collect(Collectors.toSet());
        assertThat(done.stream().filter(failed::contains)).isEmpty();
        assertThat(progress.settled()).isEqualTo(done.size() + failed.size());
    }

    @Test
    void nothingNewGivesTheVeryProgress() {
        Progress progress = Progress.NONE.plus(List.of(SampleRuns.done(1), SampleRuns.failed(2)));

        assertThat(progress.plus(List.of(SampleRuns.done(1), SampleRuns.failed(2))))
                .isSameAs(progress);
    }

    @Test
    void itemsWithRejectedLinesAreRemembered() {
        Progress progress = Progress.NONE.plus(
                List.of(new ItemOutcome.Done(3, new Tally(10, 2)), new ItemOutcome.Done(4, new Tally(10, 0))));

        assertThat(progress.withErrors()).isEqualTo(ItemSet.of(3));
        assertThat(progress.tally()).isEqualTo(new Tally(20, 2));
    }

    @Test
    void aHundredFailuresAreKeptAndAllAreCounted() {
        List<ItemOutcome> failures = IntStream.range(0, 250)
                .<ItemOutcome>mapToObj(SampleRuns::failed)
                .toList();

        Progress progress = Progress.NONE.plus(failures);

        assertThat(progress.failed().size()).isEqualTo(250);
        assertThat(progress.failures())
                .hasSize(100)
                .startsWith(SampleRuns.failed(0))
                .endsWith(SampleRuns.failed(99));
    }

    @Test
    void whatSucceededAfterAllIsNoReasonAnyMore() {
        Progress progress = Progress.NONE
                .plus(List.of(SampleRuns.failed(0), SampleRuns.failed(10)))
                .plus(List.of(SampleRuns.done(0)));

        assertThat(progress.failures()).containsExactly(SampleRuns.failed(10));
    }

    @Test
    void whatIsRunAgainHasNoFailuresAnyMore() {
        Progress progress = Progress.NONE
                .plus(List.of(SampleRuns.done(0), SampleRuns.failed(1)))
                .withoutFailures();

        assertThat(progress).isEqualTo(Progress.NONE.plus(List.of(SampleRuns.done(0))));
    }
}
