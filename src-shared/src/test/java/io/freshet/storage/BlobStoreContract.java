package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Block;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Content;
import io.freshet.storage.BlobStore.Deletion;
import io.freshet.storage.BlobStore.LeaseResult;
import io.freshet.storage.BlobStore.LeaseState;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.BlobStore.Page;
import io.freshet.storage.BlobStore.Reading;
import io.freshet.testing.Patience;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the storage port promises; the real adapter and the in-memory twin both keep it. */
public abstract class BlobStoreContract {
    private static final Attributes TEXT = new Attributes("text/plain; lines=3", Map.of("bytes", "12"));
    private static final Duration LEASE = Duration.ofSeconds(15);

    protected abstract BlobStore store();

    @Test
    void whatWasPutIsRead() {
        put("a/one", "hello", Condition.ALWAYS);

        assertThat(await(store().read("a/one")).orElseThrow().bytes()).isEqualTo(bytes("hello"));
        assertThat(await(store().read("a/none"))).isEmpty();
    }

    @Test
    void aBlobIsReadAgainOnlyIfItHasChanged() {
        put("looked-at", "before", Condition.ALWAYS);
        Content before = changed("looked-at", null);

        assertThat(await(store().readIfChanged("looked-at", before.etag()))).isEqualTo(Reading.UNCHANGED);

        put("looked-at", "after", Condition.ALWAYS);
        assertThat(changed("looked-at", before.etag()).bytes()).isEqualTo(bytes("after"));
        assertThat(await(store().readIfChanged("nowhere", null))).isEqualTo(Reading.ABSENT);
        assertThat(await(store().readIfChanged("nowhere", before.etag()))).isEqualTo(Reading.ABSENT);
    }

    private Content changed(String name, @Nullable String etag) {
        return ((Reading.Changed) await(store().readIfChanged(name, etag))).content();
    }

    @Test
    void aNameIsTakenAsItIs() {
        put("odd/a%2Fb", "encoded", Condition.ALWAYS);
        put("odd/a+b ü", "plain", Condition.ALWAYS);

        assertThat(await(store().read("odd/a%2Fb")).orElseThrow().bytes()).isEqualTo(bytes("encoded"));
        assertThat(await(store().list("odd/", Listing.of(Detail.PLAIN))).entries())
                .extracting(BlobInfo::name)
                .containsExactly("odd/a%2Fb", "odd/a+b ü");
    }

    @Test
    void anEmptyBlobIsABlob() {
        await(store().put("empty", List.of(), TEXT, Condition.ALWAYS));

        assertThat(await(store().read("empty")).orElseThrow().bytes()).isEmpty();
        assertThat(text(await(store().readRange("empty", 0, 10, null)))).isEmpty();
    }

    @Test
    void aRangeEndsWithTheBlob() {
        put("range", "0123456789", Condition.ALWAYS);

        assertThat(text(await(store().readRange("range", 3, 4, null)))).isEqualTo("3456");
        assertThat(text(await(store().readRange("range", 8, 4, null)))).isEqualTo("89");
        assertThat(text(await(store().readRange("range", 10, 4, null)))).isEmpty();
        assertFails(store().readRange("absent", 0, 1, null), FailureCode.NOT_FOUND);
    }

    @Test
    void aRangeOfAChangedBlobIsRefused() {
        put("pinned", "before", Condition.ALWAYS);
        String etag = await(store().read("pinned")).orElseThrow().etag();
        assertThat(text(await(store().readRange("pinned", 0, 3, etag)))).isEqualTo("bef");

        put("pinned", "after", Condition.ALWAYS);

        assertFails(store().readRange("pinned", 0, 3, etag), FailureCode.PRECONDITION_FAILED);
    }

    @Test
    void onlyTheFirstWriterOfAnAbsentBlobWins() {
        assertThat(put("once", "first", Condition.IF_ABSENT)).isTrue();
        assertThat(put("once", "second", Condition.IF_ABSENT)).isFalse();

        assertThat(await(store().read("once")).orElseThrow().bytes()).isEqualTo(bytes("first"));
    }

    @Test
    void aStaleWriterLoses() {
        put("cas", "1", Condition.ALWAYS);
        String etag = await(store().read("cas")).orElseThrow().etag();

        assertThat(put("cas", "2", new Condition.IfMatch(etag))).isTrue();
        assertThat(put("cas", "3", new Condition.IfMatch(etag))).isFalse();
    }

    @Test
    void stagedBlocksBecomeABlobInTheOrderOfTheCommit() {
        await(store().stageBlock("blocks", "id-1", buffers("one ")));
        await(store().stageBlock("blocks", "id-2", buffers("two", " ")));
        assertThat(await(store().read("blocks"))).isEmpty();

        assertThat(await(store().commitBlocks("blocks", List.of("id-2", "id-1"), TEXT, Condition.IF_ABSENT))
                        .conflict())
                .isFalse();

        assertThat(await(store().read("blocks")).orElseThrow().bytes()).isEqualTo(bytes("two one "));
    }

    @Test
    void aCommitOverAnotherIsRefused() {
        put("committed", "first", Condition.ALWAYS);
        await(store().stageBlock("committed", "id-1", buffers("late")));

        assertThat(await(store().commitBlocks("committed", List.of("id-1"), TEXT, Condition.IF_ABSENT))
                        .conflict())
                .isTrue();
        assertThat(await(store().read("committed")).orElseThrow().bytes()).isEqualTo(bytes("first"));
    }

    @Test
    void theServiceCopiesRanges() {
        put("source", "0123456789", Condition.ALWAYS);
        await(store().stageBlockFrom("copy", "id-1", "source", 5, 5));
        await(store().stageBlockFrom("copy", "id-2", "source", 0, 5));
        await(store().commitBlocks("copy", List.of("id-1", "id-2"), TEXT, Condition.ALWAYS));

        assertThat(await(store().read("copy")).orElseThrow().bytes()).isEqualTo(bytes("5678901234"));
    }

    @Test
    void aSourceThatIsNotThereIsNotCopied() {
        assertFails(store().stageBlockFrom("copy-of-nothing", "id-1", "absent", 0, 5), FailureCode.NOT_FOUND);

        assertThat(await(store().blockList("copy-of-nothing"))).isEmpty();
    }

    @Test
    void stagedBlocksAreListedBeforeAndAfterTheCommit() {
        put("listed-source", "0123456789", Condition.ALWAYS);
        assertThat(await(store().blockList("listed"))).isEmpty();
        await(store().stageBlock("listed", "id-1", buffers("one")));
        await(store().stageBlockFrom("listed", "id-2", "listed-source", 2, 5));
        assertThat(await(store().blockList("listed")))
                .containsExactlyInAnyOrder(new Block("id-1", 3, false), new Block("id-2", 5, false));

        await(store().commitBlocks("listed", List.of("id-2"), TEXT, Condition.ALWAYS));
        await(store().stageBlock("listed", "id-2", buffers("again")));
        await(store().stageBlock("listed", "id-3", buffers("more")));

        assertThat(await(store().blockList("listed")))
                .containsExactlyInAnyOrder(
                        new Block("id-2", 5, true), new Block("id-2", 5, false), new Block("id-3", 4, false));
    }

    @Test
    void aCommitMayTakeBlocksOfTheBlobAsItIs() {
        await(store().stageBlock("kept", "id-1", buffers("one ")));
        await(store().stageBlock("kept", "id-2", buffers("two ")));
        await(store().commitBlocks("kept", List.of("id-1", "id-2"), TEXT, Condition.ALWAYS));
        await(store().stageBlock("kept", "id-3", buffers("three ")));
        await(store().stageBlock("kept", "id-1", buffers("first ")));

        await(store().commitBlocks("kept", List.of("id-1", "id-2", "id-3"), TEXT, Condition.ALWAYS));

        assertThat(await(store().read("kept")).orElseThrow().bytes()).isEqualTo(bytes("first two three "));
        assertThat(await(store().blockList("kept"))).allMatch(Block::committed).hasSize(3);
    }

    @Test
    void aCommitDropsWhatItDoesNotTake() {
        await(store().stageBlock("dropped", "id-1", buffers("one")));
        await(store().stageBlock("dropped", "id-2", buffers("two")));
        await(store().commitBlocks("dropped", List.of("id-1"), TEXT, Condition.ALWAYS));

        assertThat(await(store().blockList("dropped"))).containsExactly(new Block("id-1", 3, true));
    }

    @Test
    void attributesComeBackFromDescribeAndList() {
        put("info/x", "hello", Condition.ALWAYS);

        BlobInfo described = await(store().describe("info/x")).orElseThrow();
        BlobInfo listed = await(store().list("info/", Listing.of(Detail.WITH_METADATA)))
                .entries()
                .getFirst();

        assertThat(described.contentType()).isEqualTo("text/plain; lines=3");
        assertThat(described.metadata()).containsEntry("bytes", "12");
        assertThat(described.length()).isEqualTo(5);
        assertThat(described.leased()).isFalse();
        assertThat(listed).usingRecursiveComparison().ignoringFields("etag").isEqualTo(described);
        assertThat(await(store().describe("info/none"))).isEmpty();
    }

    @Test
    void listingsArePagedInLexicalOrder() {
        for (String name : List.of("l/10", "l/2", "l/1", "m/1")) {
            put(name, name, Condition.ALWAYS);
        }

        Page<BlobInfo> first = await(store().list("l/", new Listing(2, null, Detail.PLAIN)));
        Page<BlobInfo> second = await(store().list("l/", new Listing(2, first.next(), Detail.PLAIN)));

        assertThat(first.entries()).extracting(BlobInfo::name).containsExactly("l/1", "l/10");
        assertThat(second.entries()).extracting(BlobInfo::name).containsExactly("l/2");
        assertThat(second.next()).isNull();
    }

    @Test
    void foldersAreListedOnce() {
        for (String name : List.of("f/2026-10/1/a", "f/2026-10/2/a", "f/2026-10/2/b", "f/x")) {
            put(name, name, Condition.ALWAYS);
        }

        assertThat(await(store().listFolders("f/", Listing.of(Detail.PLAIN))).entries())
                .containsExactly("f/2026-10/");
        assertThat(await(store().listFolders("f/2026-10/", Listing.of(Detail.PLAIN)))
                        .entries())
                .containsExactly("f/2026-10/1/", "f/2026-10/2/");
    }

    @Test
    void deletingTellsWhatItFound() {
        put("gone", "x", Condition.ALWAYS);

        assertThat(await(store().delete("gone", null))).isEqualTo(Deletion.DELETED);
        assertThat(await(store().delete("gone", null))).isEqualTo(Deletion.ABSENT);
    }

    @Test
    void onlyWhatHasNotChangedIsDeletedByItsETag() {
        put("changing", "x", Condition.ALWAYS);
        String before = await(store().read("changing")).orElseThrow().etag();
        put("changing", "y", Condition.ALWAYS);

        assertThat(await(store().deleteUnchanged("changing", before))).isFalse();
        assertThat(await(store().read("changing"))).isPresent();

        String now = await(store().read("changing")).orElseThrow().etag();
        assertThat(await(store().deleteUnchanged("changing", now))).isTrue();
        assertThat(await(store().read("changing"))).isEmpty();
        assertThat(await(store().deleteUnchanged("changing", now))).isFalse();
    }

    @Test
    void aLeaseKeepsOthersOut() {
        put("leased", "x", Condition.ALWAYS);
        String mine = lease();

        assertThat(await(store().acquireLease("leased", mine, LEASE))).isEqualTo(LeaseResult.ACQUIRED);
        assertThat(await(store().acquireLease("leased", mine, LEASE))).isEqualTo(LeaseResult.ACQUIRED);
        assertThat(await(store().acquireLease("leased", lease(), LEASE))).isEqualTo(LeaseResult.HELD_BY_ANOTHER);
        assertThat(await(store().acquireLease("absent", mine, LEASE))).isEqualTo(LeaseResult.ABSENT);
        assertThat(await(store().describe("leased")).orElseThrow().leased()).isTrue();
        assertThat(await(store().delete("leased", null))).isEqualTo(Deletion.LEASED);
        assertThat(await(store().delete("leased", lease()))).isEqualTo(Deletion.LEASED);
        assertThat(await(store().setMetadata("leased", Map.of("a", "b"), lease())))
                .isFalse();
        assertThat(await(store().setMetadata("leased", Map.of("a", "b"), mine))).isTrue();
        assertThat(await(store().delete("leased", mine))).isEqualTo(Deletion.DELETED);
    }

    @Test
    void aReleasedOrBrokenLeaseIsFree() {
        put("free", "x", Condition.ALWAYS);
        String mine = lease();
        String other = lease();
        await(store().acquireLease("free", mine, LEASE));

        assertThat(await(store().renewLease("free", mine))).isTrue();
        assertThat(await(store().renewLease("free", other))).isFalse();
        await(store().releaseLease("free", mine));
        assertThat(await(store().acquireLease("free", other, LEASE))).isEqualTo(LeaseResult.ACQUIRED);
        await(store().breakLease("free"));
        assertThat(await(store().renewLease("free", other))).isFalse();
        assertThat(await(store().delete("free", null))).isEqualTo(Deletion.DELETED);
    }

    @Test
    void aLeaseThatWasNotReleasedIsToldApartFromOneThatWas() {
        put("left", "x", Condition.ALWAYS);
        String mine = lease();
        assertThat(leaseState("left")).isEqualTo(LeaseState.FREE);

        await(store().acquireLease("left", mine, LEASE));
        assertThat(leaseState("left")).isEqualTo(LeaseState.HELD);
        await(store().breakLease("left"));
        assertThat(leaseState("left")).isEqualTo(LeaseState.ABANDONED);
        await(store().acquireLease("left", mine, LEASE));
        await(store().releaseLease("left", mine));

        assertThat(leaseState("left")).isEqualTo(LeaseState.FREE);
    }

    /** As a listing says it, which is what most readers go by; a description says the same. */
    private LeaseState leaseState(String name) {
        LeaseState listed = await(store().list(name, Listing.of(Detail.WITH_METADATA)))
                .entries()
                .getFirst()
                .lease();
        assertThat(await(store().describe(name)).orElseThrow().lease()).isEqualTo(listed);
        return listed;
    }

    @Test
    void leasesOfWhatIsNotThereAreNoFailure() {
        await(store().breakLease("nothing"));
        await(store().releaseLease("nothing", lease()));

        assertThat(await(store().renewLease("nothing", lease()))).isFalse();
        assertThat(await(store().setMetadata("nothing", Map.of(), null))).isFalse();
    }

    private boolean put(String name, String text, Condition condition) {
        return !await(store().put(name, buffers(text), TEXT, condition)).conflict();
    }

    private static void assertFails(Uni<?> call, FailureCode code) {
        assertThatThrownBy(() -> await(call))
                .isInstanceOfSatisfying(
                        FreshetException.class, f -> assertThat(f.code()).isEqualTo(code));
    }

    private static String lease() {
        return UUID.randomUUID().toString();
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Patience.LIMIT);
    }

    private static List<ByteBuffer> buffers(String... texts) {
        return java.util.Arrays.stream(texts)
                .map(t -> ByteBuffer.wrap(bytes(t)))
                .toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ByteBuffer buffer) {
        return StandardCharsets.UTF_8.decode(buffer).toString();
    }
}
