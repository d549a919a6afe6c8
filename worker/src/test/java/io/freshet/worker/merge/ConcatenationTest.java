package io.freshet.worker.merge;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import io.freshet.worker.claim.Claim;
import io.freshet.worker.claim.ClaimLab;
import io.freshet.worker.merge.Concatenation.Target;
import io.freshet.worker.merge.MergePlan.Range;
import io.freshet.worker.merge.MergePlan.Source;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConcatenationTest {
    private static final Attributes TYPE = Attributes.ofType("text/plain");
    private static final MergeLimits LIMITS =
            new SmallRyeConfigBuilder().withMapping(MergeLimits.class).build().getConfigMapping(MergeLimits.class);

    private final BlobStore store = new InMemoryBlobStore(Clock.systemUTC());
    private final ClaimLab lab = new ClaimLab(store);

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void rangesAreJoinedInOrderWhateverTheirNames() {
        List<Source> sources = outputs(12);

        concatenate(store, MergePlan.ranges(sources, 1 << 20));

        assertThat(text("results")).isEqualTo(expected(12));
    }

    @Test
    void aServiceThatCannotCopyIsReadFromInstead() {
        List<Source> sources = outputs(12);

        concatenate(withoutCopy(store), MergePlan.ranges(sources, 1 << 20));

        assertThat(text("results")).isEqualTo(expected(12));
    }

    @Test
    void outputsLargerThanABlockAreCut() {
        put("long", "0123456789");

        List<Range> ranges = MergePlan.ranges(List.of(new Source("long", 10)), 4);
        concatenate(store, ranges);

        assertThat(ranges).hasSize(3);
        assertThat(text("results")).isEqualTo("0123456789");
    }

    @Test
    void smallNeighboursShareABlockAndLargeOnesStandAlone() {
        List<Range> ranges = Stream.of(3, 4, 3, 10, 2, 12, 9, 9)
                .map(length -> new Range("of " + length, 0, length))
                .toList();

        List<List<Range>> blocks = MergePlan.blocks(ranges, 10, 10);

        assertThat(blocks)
                .extracting(block -> block.stream().map(Range::length).toList())
                .containsExactly(
                        List.of(3L, 4L, 3L), List.of(10L), List.of(2L), List.of(12L), List.of(9L), List.of(9L));
        assertThat(blocks.stream().flatMap(List::stream).toList()).isEqualTo(ranges);
    }

    @Test
    void smallAndLargeOutputsAreJoinedInOrder() {
        List<String> texts =
                List.of("small\n", "x".repeat(1 << 20), "also\n", "small\n", "y".repeat(9 << 20), "last\n");
        List<Source> sources = IntStream.range(0, texts.size())
                .mapToObj(i -> put("output_" + i, texts.get(i)))
                .toList();

        concatenate(store, MergePlan.ranges(sources, 1 << 30));
        String copied = text("results");
        store.delete("results", null).await().indefinitely();
        concatenate(withoutCopy(store), MergePlan.ranges(sources, 1 << 30));

        assertThat(copied).isEqualTo(String.join("", texts));
        assertThat(text("results")).isEqualTo(copied);
    }

    @Test
    void emptyOutputsNeedNoBlock() {
        put("empty", "");
        put("full", "x");

        List<Range> ranges = MergePlan.ranges(List.of(new Source("empty", 0), new Source("full", 1)), 4);

        assertThat(ranges).containsExactly(new Range("full", 0, 1));
    }

    @Test
    void nothingGivesAnEmptyBlob() {
        concatenate(store, List.of());

        assertThat(text("results")).isEmpty();
    }

    @Test
    void groupsCoverAllRangesInOrder() {
        List<Range> ranges =
                IntStream.range(0, 10).mapToObj(i -> new Range("b" + i, 0, 1)).toList();

        List<List<Range>> groups = MergePlan.groups(ranges, 4);

        assertThat(groups).extracting(List::size).containsExactly(4, 4, 2);
        assertThat(groups.stream().flatMap(List::stream).toList()).isEqualTo(ranges);
    }

    @Test
    void withoutTheLeaseNothingIsCommitted() {
        List<Range> ranges = MergePlan.ranges(outputs(3), 1 << 20);
        Claim claim = lab.claim("index");
        store.breakLease("index").await().atMost(Patience.LIMIT);

        assertThatThrownBy(() -> run(store, claim, ranges))
                .isInstanceOfSatisfying(
                        FreshetException.class, f -> assertThat(f.code()).isEqualTo(FailureCode.LEASE_LOST));

        assertThat(store.read("results").await().indefinitely()).isEmpty();
    }

    private void concatenate(BlobStore through, List<Range> ranges) {
        run(through, lab.claim("index-" + UUID.randomUUID()), ranges);
    }

    private static void run(BlobStore through, Claim claim, List<Range> ranges) {
        new Concatenation(through, claim, new Target("results", TYPE, Condition.IF_ABSENT), LIMITS)
                .of(ranges)
                .await()
                .atMost(Patience.LIMIT);
    }

    private List<Source> outputs(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> put("output_" + i, "part " + i + "\n"))
                .toList();
    }

    private static String expected(int count) {
        return String.join(
                "",
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> "part " + i + "\n")
                        .toList());
    }

    private Source put(String name, String text) {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
        int length = bytes.remaining();
        store.put(name, List.of(bytes), TYPE, Condition.ALWAYS).await().indefinitely();
        return new Source(name, length);
    }

    private String text(String name) {
        return new String(store.read(name).await().indefinitely().orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    /** As emulators before 3.37 answer: 501. */
    private static BlobStore withoutCopy(BlobStore store) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("stageBlockFrom")) {
                        return Uni.createFrom().failure(new Permanent(FailureCode.NOT_SUPPORTED, "501"));
                    }
                    return method.invoke(store, arguments);
                });
    }
}
