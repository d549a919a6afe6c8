package io.freshet.worker.merge;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.worker.claim.Claim;
import io.freshet.worker.claim.ClaimLab;
import io.freshet.worker.merge.Concatenation.Target;
import io.freshet.worker.merge.MergePlan.Range;
import io.freshet.worker.merge.MergePlan.Source;
import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConcatenationTest {
    private static final Attributes TYPE = Attributes.ofType("text/plain");

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
        store.breakLease("index").await().atMost(Duration.ofSeconds(5));

        assertThatThrownBy(() -> run(store, claim, ranges))
                .isInstanceOfSatisfying(
                        FreshetException.class, f -> assertThat(f.code()).isEqualTo(FailureCode.LEASE_LOST));

        assertThat(store.read("results").await().indefinitely()).isEmpty();
    }

    private void concatenate(BlobStore through, List<Range> ranges) {
        run(through, lab.claim("index"), ranges);
    }

    private static void run(BlobStore through, Claim claim, List<Range> ranges) {
        new Concatenation(through, claim, new Target("results", TYPE, Condition.IF_ABSENT))
                .of(ranges)
                .await()
                .atMost(Duration.ofSeconds(10));
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
