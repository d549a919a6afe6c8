package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Written;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BlockUploadTest {
    private static final int PARALLELISM = 3;
    private static final int LARGE_BLOCK = 200_000;
    private static final int FIRST = BufferPool.FIRST_BYTES;
    private static final int LARGE = BufferPool.BYTES;

    private UploadBudget budget = new UploadBudget(1 << 30);
    private final HeldBlobStore store = new HeldBlobStore();
    private final QueuedContext context = new QueuedContext();
    private final List<String> heard = new ArrayList<>();

    @ParameterizedTest
    @CsvSource({"0,put 0", "1,put 1", "99,put 99", "100,put 100"})
    void what_fits_into_one_block_is_put_at_once(int size, String call) {
        BlockUpload upload = upload(new BlockPlan(100, 1_000, 2_000, PARALLELISM));
        byte[] input = random(size);

        assertThat(write(upload, input)).isEqualTo(size);
        commit(upload).assertCompleted();

        assertThat(store.calls()).containsExactly(call);
        assertThat(store.blob()).isEqualTo(input);
    }

    @Test
    void a_byte_more_than_a_block_becomes_two_blocks() {
        BlockUpload upload = upload(new BlockPlan(100, 1_000, 2_000, PARALLELISM));
        byte[] input = random(101);

        write(upload, input);
        commit(upload).assertItem(new Written(Optional.of("etag")));

        assertThat(store.calls()).containsExactly("stage 100", "stage 1", "commit 2");
        assertThat(store.blob()).isEqualTo(input);
    }

    @Test
    void two_full_blocks_leave_no_empty_third() {
        BlockUpload upload = upload(new BlockPlan(100, 1_000, 2_000, PARALLELISM));

        write(upload, random(200));
        commit(upload).assertCompleted();

        assertThat(store.calls()).containsExactly("stage 100", "stage 100", "commit 2");
    }

    @Test
    void blocks_grow_as_planned() {
        BlockUpload upload = upload(new BlockPlan(10, 2, 6, PARALLELISM));
        store.answerAtOnce();

        writeAll(upload, random(100));
        commit(upload).assertCompleted();

        assertThat(store.calls())
                .containsExactly("stage 10", "stage 10", "stage 20", "stage 20", "stage 40", "commit 5");
    }

    @Test
    void more_than_a_blob_can_hold_fails() {
        BlockUpload upload = upload(new BlockPlan(10, 2, 4, PARALLELISM));
        store.answerAtOnce();

        assertThat(writeAll(upload, random(60))).isEqualTo(60);

        assertThatThrownBy(() -> writeAll(upload, random(1)))
                .isInstanceOfSatisfying(
                        Permanent.class, e -> assertThat(e.code()).isEqualTo(FailureCode.INPUT_TOO_LARGE))
                .hasMessageContaining("60 bytes");
    }

    @Test
    void the_standard_plan_holds_more_than_700_gib() {
        assertThat(BlockPlan.STANDARD.bytesOf(12_499)).isEqualTo(4 << 20);
        assertThat(BlockPlan.STANDARD.bytesOf(12_500)).isEqualTo(8 << 20);
        assertThat(BlockPlan.STANDARD.bytesOf(49_999)).isEqualTo(32 << 20);
        assertThat(BlockPlan.STANDARD.capacity()).isGreaterThan(700L << 30);
    }

    @Test
    void the_source_must_wait_when_all_blocks_are_full_and_goes_on_after_one_is_staged() {
        BlockUpload upload = upload(new BlockPlan(100, 1_000, 2_000, PARALLELISM));
        byte[] input = random(1_000);

        int taken = write(upload, input);

        assertThat(taken).isEqualTo(400);
        assertThat(store.heldCalls()).isEqualTo(PARALLELISM);
        assertThat(heard).isEmpty();

        store.answerOne();
        assertThat(heard).isEmpty();
        context.runAll();
        assertThat(heard).containsExactly("room");
        assertThat(write(upload, input)).isEqualTo(100);
        assertThat(store.heldCalls()).isEqualTo(PARALLELISM);
    }

    @Test
    void memory_is_bounded_by_the_blocks_on_their_way_and_one_more() {
        BlockUpload upload = upload(new BlockPlan(LARGE_BLOCK, 1_000, 2_000, PARALLELISM));
        byte[] input = random(LARGE_BLOCK * 40);

        int taken = 0;
        while (taken < input.length) {
            taken += write(upload, Arrays.copyOfRange(input, taken, input.length));
            if (taken < input.length) {
                store.answerOne();
                context.runAll();
            }
        }
        commit(upload).assertCompleted();

        long buffersOfABlock = (LARGE_BLOCK + LARGE - 1) / LARGE;
        assertThat(upload.memory()).isLessThanOrEqualTo(FIRST + (PARALLELISM + 1) * buffersOfABlock * LARGE);
        assertThat(store.mostInFlight()).isEqualTo(PARALLELISM);
        assertThat(store.blob()).isEqualTo(input);
    }

    @Test
    void a_small_input_takes_the_first_buffer_of_memory() {
        BlockUpload upload = upload(BlockPlan.STANDARD);

        write(upload, random(FIRST));

        assertThat(upload.memory()).isEqualTo(FIRST);
        assertThat(budget.taken()).isEqualTo(FIRST);
    }

    @Test
    void with_little_memory_blocks_are_staged_before_they_are_full() {
        budget = new UploadBudget(6L * LARGE);
        BlockUpload upload = upload(BlockPlan.STANDARD);
        byte[] input = random(20 * LARGE);

        int taken = write(upload, input);
        assertThat(taken).isEqualTo(FIRST + 4 * LARGE);
        assertThat(store.calls()).containsExactly("stage " + taken);

        writeWhileAnswering(upload, input, taken);
        commit(upload).assertCompleted();

        assertThat(store.blob()).isEqualTo(input);
    }

    @Test
    void an_upload_gets_on_with_the_buffer_it_has_while_others_have_all_the_rest() {
        budget = new UploadBudget(8L * LARGE);
        BlockUpload greedy = upload(BlockPlan.STANDARD);
        write(greedy, random(8 * LARGE));
        HeldBlobStore storeOfAnother = new HeldBlobStore();
        BlockUpload modest = upload(BlockPlan.STANDARD, storeOfAnother);
        byte[] input = random(5 * LARGE / 2);
        storeOfAnother.answerAtOnce();

        assertThat(writeAll(modest, input)).isEqualTo(input.length);
        commit(modest).assertCompleted();

        assertThat(modest.memory()).isEqualTo(FIRST + LARGE);
        assertThat(storeOfAnother.blob()).isEqualTo(input);
    }

    @Test
    void an_upload_that_finds_no_memory_at_all_is_refused() {
        budget = new UploadBudget(2L * FIRST);
        upload(BlockPlan.STANDARD);
        assertThat(budget.hasRoom()).isTrue();
        upload(BlockPlan.STANDARD);

        assertThat(budget.hasRoom()).isFalse();
        assertThatThrownBy(() -> upload(BlockPlan.STANDARD))
                .isInstanceOfSatisfying(
                        Transient.class, e -> assertThat(e.code()).isEqualTo(FailureCode.OVERLOADED));
    }

    @Test
    void thousands_of_uploads_that_have_sent_next_to_nothing_leave_room_for_others() {
        budget = new UploadBudget(64 << 20);
        for (int i = 0; i < 4_000; i++) {
            write(upload(BlockPlan.STANDARD), random(1));
        }
        BlockUpload other = upload(BlockPlan.STANDARD);
        byte[] input = random(3 << 20);

        assertThat(write(other, input)).isEqualTo(input.length);
    }

    @Test
    void all_memory_comes_back_however_uploads_end() {
        budget = new UploadBudget(64L * LARGE);
        BlockUpload done = upload(new BlockPlan(LARGE_BLOCK, 1_000, 2_000, PARALLELISM));
        BlockUpload aborted = upload(new BlockPlan(LARGE_BLOCK, 1_000, 2_000, PARALLELISM));
        write(aborted, random(2 * LARGE_BLOCK + 1));
        write(done, random(1_000));

        aborted.abort();
        commit(done).assertCompleted();
        done.abort();
        context.runAll();

        assertThat(budget.taken()).isZero();
    }

    @Test
    void the_last_block_waits_for_its_turn_and_the_commit_for_all_blocks() {
        BlockUpload upload = upload(new BlockPlan(100, 1_000, 2_000, PARALLELISM));
        write(upload, random(350));

        UniAssertSubscriber<Written> outcome = subscribe(upload);
        context.runAll();
        assertThat(store.calls()).containsExactly("stage 100", "stage 100", "stage 100");

        store.answerOne();
        context.runAll();
        assertThat(store.calls()).hasSize(4).endsWith("stage 50");

        answerAllButOne();
        assertThat(store.calls()).hasSize(4);

        store.answerOne();
        context.runAll();
        assertThat(store.calls()).endsWith("commit 4");
        outcome.assertNotTerminated();
    }

    @Test
    void a_block_that_is_not_staged_ends_the_upload() {
        BlockUpload upload = upload(new BlockPlan(100, 1_000, 2_000, PARALLELISM));
        write(upload, random(250));
        store.failWith(new IllegalStateException("storage is away"));

        store.answerOne();
        store.answerOne();
        context.runAll();

        assertThat(heard).containsExactly("storage is away");
        assertThat(upload.room().hasRemaining()).isFalse();
    }

    @Test
    void a_block_that_is_not_staged_fails_the_commit() {
        BlockUpload upload = upload(new BlockPlan(100, 1_000, 2_000, PARALLELISM));
        write(upload, random(250));
        UniAssertSubscriber<Written> outcome = subscribe(upload);
        store.failWith(new IllegalStateException("storage is away"));

        store.answerOne();
        context.runAll();

        outcome.assertFailedWith(IllegalStateException.class, "storage is away");
        assertThat(store.blob()).isNull();
        assertThat(heard).isEmpty();
    }

    @Test
    void an_aborted_upload_tells_nobody_anything() {
        BlockUpload upload = upload(new BlockPlan(100, 1_000, 2_000, PARALLELISM));
        write(upload, random(1_000));

        upload.abort();
        store.answerOne();
        store.failWith(new IllegalStateException("storage is away"));
        store.answerOne();
        context.runAll();

        assertThat(heard).isEmpty();
        assertThat(store.calls()).hasSize(PARALLELISM);
    }

    @Test
    void block_ids_differ_between_attempts_and_have_one_length() {
        Destination first = destination(store, BlockPlan.STANDARD, 1);
        Destination second = destination(store, BlockPlan.STANDARD, 2);

        assertThat(first.blockId(0)).matches("[0-9a-f]{8}00000000").isNotEqualTo(second.blockId(0));
        assertThat(first.blockId(49_999)).hasSameSizeAs(first.blockId(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void an_upload_needs_some_parallelism(int parallelism) {
        assertThatThrownBy(() -> new BlockPlan(100, 1_000, 2_000, parallelism))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private BlockUpload upload(BlockPlan plan) {
        return upload(plan, store);
    }

    private BlockUpload upload(BlockPlan plan, HeldBlobStore store) {
        BlockUpload.Listener listener = new BlockUpload.Listener() {
            @Override
            public void onRoom() {
                heard.add("room");
            }

            @Override
            public void onFailure(Throwable failure) {
                heard.add(failure.getMessage());
            }
        };
        return new BlockUpload(destination(store, plan, 7), budget, context, listener);
    }

    private static Destination destination(HeldBlobStore store, BlockPlan plan, int seed) {
        return new Destination(store, "blob", plan, new UploadScope(), new Random(seed));
    }

    /** Writes what there is room for. */
    private static int write(BlockUpload upload, byte[] bytes) {
        int written = 0;
        while (written < bytes.length) {
            ByteBuffer room = upload.room();
            int length = Math.min(room.remaining(), bytes.length - written);
            if (length == 0) {
                break;
            }
            room.put(bytes, written, length);
            upload.advance(length);
            written += length;
        }
        return written;
    }

    /** Writes the rest, and lets the store answer whenever there is no room. */
    private void writeWhileAnswering(BlockUpload upload, byte[] bytes, int from) {
        int written = from;
        while (written < bytes.length) {
            store.answerOne();
            context.runAll();
            written += write(upload, Arrays.copyOfRange(bytes, written, bytes.length));
        }
    }

    /** Writes all, with a store that answers at once. */
    private int writeAll(BlockUpload upload, byte[] bytes) {
        int written = 0;
        while (written < bytes.length) {
            written += write(upload, Arrays.copyOfRange(bytes, written, bytes.length));
            context.runAll();
        }
        return written;
    }

    private UniAssertSubscriber<Written> commit(BlockUpload upload) {
        UniAssertSubscriber<Written> outcome = subscribe(upload);
        store.answerAtOnce();
        context.runAll();
        return outcome;
    }

    private static UniAssertSubscriber<Written> subscribe(BlockUpload upload) {
        return upload.commit(Attributes.ofType("text/plain"), Condition.ALWAYS)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private void answerAllButOne() {
        while (store.heldCalls() > 1) {
            store.answerOne();
            context.runAll();
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
