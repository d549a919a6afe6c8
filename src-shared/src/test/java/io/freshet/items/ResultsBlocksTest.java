package io.freshet.items;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.items.ItemLayout.Output;
import io.freshet.items.ResultsBlocks.Plan;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Block;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.RunFiles;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.MovableClock;
import io.smallrye.mutiny.Uni;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class ResultsBlocksTest {
    private static final Run RUN = SampleRuns.running();
    private static final String RESULTS = RunFiles.results(RUN.id());
    private static final MovableClock CLOCK = new MovableClock(SampleRuns.SUBMITTED);
    private static final Attributes TYPE = Attributes.ofType("application/x-ndjson");

    /** Whoever staged what before, of whatever length: after the plan is carried out, the results are the outputs. */
    @Property
    void theResultsAreTheOutputsInOrderWhateverWasStagedBefore(
            @ForAll @Size(max = 12) List<@IntRange(min = 0, max = 9) Integer> lengths, @ForAll long seed) {
        Random random = new Random(seed);
        BlobStore store = new InMemoryBlobStore(Clock.systemUTC());
        List<Output> outputs = outputs(store, lengths);
        disturb(store, outputs, random);
        commitSome(store, outputs, random);
        disturb(store, outputs, random);

        Plan plan = ResultsBlocks.plan(outputs, now(store.blockList(RESULTS))).orElseThrow();
        plan.missing().forEach(output -> now(new ResultsBlocks(store, CLOCK).stage(RUN.id(), output)));
        now(store.commitBlocks(RESULTS, plan.blockIds(), TYPE, Condition.ALWAYS));

        assertThat(text(store, RESULTS)).isEqualTo(expected(lengths));
    }

    @Property
    void whatIsStagedIsNotStagedAgain(@ForAll @Size(max = 12) List<@IntRange(min = 1, max = 9) Integer> lengths) {
        BlobStore store = new InMemoryBlobStore(Clock.systemUTC());
        List<Output> outputs = outputs(store, lengths);
        outputs.forEach(output -> now(new ResultsBlocks(store, CLOCK).headStart(RUN, output)));

        Plan plan = ResultsBlocks.plan(outputs, now(store.blockList(RESULTS))).orElseThrow();

        assertThat(plan.missing()).isEmpty();
        assertThat(plan.blockIds()).hasSameSizeAs(outputs);
    }

    @Property
    void idsAreDifferentAndOfTheLengthOfThoseOfOtherWriters(
            @ForAll @IntRange(min = 0) int one, @ForAll @IntRange(min = 0) int other) {
        assertThat(ResultsBlocks.id(one)).hasSize(16);
        assertThat(ResultsBlocks.id(one).equals(ResultsBlocks.id(other))).isEqualTo(one == other);
    }

    @Test
    void anEmptyOutputNeedsNoBlock() {
        Plan plan = ResultsBlocks.plan(List.of(output(0, 0), output(1, 5)), List.of())
                .orElseThrow();

        assertThat(plan.blockIds()).containsExactly(ResultsBlocks.id(1));
    }

    @Test
    void aStagedBlockHidesACommittedOne() {
        List<Block> there = List.of(new Block(ResultsBlocks.id(0), 3, false), new Block(ResultsBlocks.id(0), 5, true));

        assertThat(ResultsBlocks.plan(List.of(output(0, 5)), there)
                        .orElseThrow()
                        .missing())
                .hasSize(1);
        assertThat(ResultsBlocks.plan(List.of(output(0, 3)), there)
                        .orElseThrow()
                        .missing())
                .isEmpty();
    }

    @Test
    void wideOrLongResultsHaveToBeMergedInAnotherWay() {
        List<Output> wide =
                IntStream.rangeClosed(0, 50_000).mapToObj(i -> output(i, 1)).toList();

        assertThat(ResultsBlocks.plan(wide, List.of())).isEmpty();
        assertThat(ResultsBlocks.plan(wide.subList(1, wide.size()), List.of())).isPresent();
        assertThat(ResultsBlocks.plan(List.of(output(0, (1L << 30) + 1)), List.of()))
                .isEmpty();
    }

    @Test
    void aHeadStartThatFailsIsNoFailure() {
        BlobStore store = new InMemoryBlobStore(Clock.systemUTC());

        now(new ResultsBlocks(store, CLOCK).headStart(RUN, output(0, 5)));

        assertThat(now(store.blockList(RESULTS))).isEmpty();
    }

    @Test
    void aServiceThatCannotCopyIsAskedOnce() {
        Refusing service = new Refusing(new Permanent(FailureCode.NOT_SUPPORTED, "501"));
        ResultsBlocks blocks = new ResultsBlocks(service.store(), CLOCK);

        now(blocks.headStart(RUN, output(0, 5)));
        CLOCK.advance(Duration.ofDays(1));
        now(blocks.headStart(RUN, output(1, 5)));

        assertThat(service.asked).containsExactly("stageBlockFrom");
    }

    /** Each item would wait for as many attempts as a call has. */
    @Test
    void aServiceInTroubleIsAskedAgainLater() {
        Refusing service = new Refusing(new Transient(FailureCode.STORAGE_UNAVAILABLE, "500", null));
        ResultsBlocks blocks = new ResultsBlocks(service.store(), CLOCK);

        now(blocks.headStart(RUN, output(0, 5)));
        now(blocks.headStart(RUN, output(1, 5)));
        assertThat(service.asked).hasSize(1);

        CLOCK.advance(Duration.ofMinutes(1));
        now(blocks.headStart(RUN, output(2, 5)));
        assertThat(service.asked).hasSize(2);
    }

    /** @param asked calls by name */
    private record Refusing(FreshetException failure, List<String> asked) {
        Refusing(FreshetException failure) {
            this(failure, new ArrayList<>());
        }

        BlobStore store() {
            return (BlobStore) java.lang.reflect.Proxy.newProxyInstance(
                    BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                        asked.add(method.getName());
                        return Uni.createFrom().failure(failure);
                    });
        }
    }

    private static void disturb(BlobStore store, List<Output> outputs, Random random) {
        for (Output output : outputs) {
            switch (random.nextInt(3)) {
                case 0 -> now(new ResultsBlocks(store, CLOCK).headStart(RUN, output));
                case 1 -> {
                    byte[] other = "x".repeat((int) output.length() + 1).getBytes(StandardCharsets.UTF_8);
                    now(store.stageBlock(RESULTS, ResultsBlocks.id(output.item()), List.of(ByteBuffer.wrap(other))));
                }
                default -> {}
            }
        }
    }

    /** As an earlier execution has, in which some items had failed. */
    private static void commitSome(BlobStore store, List<Output> outputs, Random random) {
        List<Output> some =
                outputs.stream().filter(output -> random.nextBoolean()).toList();
        Plan plan = ResultsBlocks.plan(some, now(store.blockList(RESULTS))).orElseThrow();
        plan.missing().forEach(output -> now(new ResultsBlocks(store, CLOCK).stage(RUN.id(), output)));
        if (random.nextBoolean()) {
            now(store.commitBlocks(RESULTS, plan.blockIds(), TYPE, Condition.ALWAYS));
        }
    }

    private static List<Output> outputs(BlobStore store, List<Integer> lengths) {
        return IntStream.range(0, lengths.size())
                .mapToObj(item -> {
                    Output output = output(item, lengths.get(item));
                    ByteBuffer bytes = StandardCharsets.UTF_8.encode(content(item, lengths.get(item)));
                    now(store.put(output.blob(), List.of(bytes), TYPE, Condition.ALWAYS));
                    return output;
                })
                .toList();
    }

    private static Output output(int item, long length) {
        return new Output(item, PartLayout.outputName(RUN.id(), item), length, Tally.NONE);
    }

    private static String content(int item, int length) {
        return Character.toString('a' + item).repeat(length);
    }

    private static String expected(List<Integer> lengths) {
        StringBuilder expected = new StringBuilder();
        for (int item = 0; item < lengths.size(); item++) {
            expected.append(content(item, lengths.get(item)));
        }
        return expected.toString();
    }

    private static String text(BlobStore store, String name) {
        return new String(now(store.read(name)).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private static <T> T now(Uni<T> action) {
        return action.await().indefinitely();
    }
}
