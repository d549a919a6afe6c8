package io.freshet.gateway.ingest;

import io.freshet.failure.Permanent;
import io.freshet.gateway.ingest.UploadIngest.Hashing;
import io.freshet.gateway.ingest.UploadIngest.Ingested;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

class UploadPumpTest {
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final int PARALLELISM = 2;
    private static final BlockPlan BLOCKS_OF_100 = new BlockPlan(100, 100_000, 200_000, PARALLELISM);
    private static final BlockPlan BLOCKS_OF_1_MIB = new BlockPlan(1 << 20, 1_000, 2_000, PARALLELISM);

    private final HeldBlobStore store = new HeldBlobStore();
    private final QueuedContext context = new QueuedContext();
    private final UploadBudget budget = new UploadBudget(1 << 30);
    private final UploadScope scope = new UploadScope();
    private final ManualTime time = new ManualTime();

    @Property(tries = 200)
    void the_blob_is_the_unpacked_input_and_its_parts_are_right(
            @ForAll("inputs") byte[] input,
            @ForAll @IntRange(min = 1, max = 400) int chunkBytes,
            @ForAll("codings") Coding coding) {
        UploadPumpTest fresh = new UploadPumpTest();
        ScriptedStream source = ScriptedStream.of(coding == Coding.PLAIN ? input : Inputs.gzip(input), chunkBytes);
        fresh.store.answerAtOnce();

        UniAssertSubscriber<Ingested> outcome = fresh.run(source, order(coding, 3), BLOCKS_OF_100);

        Ingested ingested = outcome.assertCompleted().getItem();
        LineSplitter splitter = new LineSplitter(new SplitRules(3, 1 << 20, 1 << 20, Long.MAX_VALUE));
        splitter.accept(input, 0, input.length);
        PartTable expected = splitter.finish();
        assertThat(fresh.store.blob()).isEqualTo(input);
        assertThat(ingested.parts().lines()).isEqualTo(expected.lines());
        assertThat(ingested.parts().bytes()).isEqualTo(input.length);
        assertThat(ingested.parts().size()).isEqualTo(expected.size());
        assertThat(ingested.sha256()).contains(sha256(input));
        assertThat(ingested.written().etag()).contains("etag");
    }

    @Test
    void a_block_boundary_inside_a_crlf_and_inside_a_line_changes_nothing() {
        byte[] input = bytes("x".repeat(99) + "\r\n" + "y".repeat(150) + "\n");
        ScriptedStream source = ScriptedStream.of(input, 1_000);
        store.answerAtOnce();

        Ingested ingested = run(source, order(Coding.PLAIN, 1), BLOCKS_OF_100).getItem();

        assertThat(store.calls()).containsExactly("stage 100", "stage 100", "stage 52", "commit 3");
        assertThat(ingested.parts().part(0)).isEqualTo(new Part(0, 0, 101, 1, 1));
        assertThat(ingested.parts().part(1)).isEqualTo(new Part(1, 101, 151, 2, 1));
        assertThat(store.blob()).isEqualTo(input);
    }

    @Test
    void the_hash_is_made_only_if_it_is_wanted() {
        UploadIngest.Request order = new UploadIngest.Request(
                "b", rules(1), IdentityDecoder::new, Hashing.NONE, Attributes.ofType("t"), Condition.ALWAYS);
        store.answerAtOnce();

        Ingested ingested =
                run(ScriptedStream.of(bytes("a\n"), 10), order, BLOCKS_OF_100).getItem();

        assertThat(ingested.sha256()).isEmpty();
    }

    @Test
    void the_source_is_paused_while_storage_is_behind_and_goes_on_after() {
        byte[] input = bytes("line\n".repeat(200));
        ScriptedStream source = ScriptedStream.of(input, 50);

        UniAssertSubscriber<Ingested> outcome = run(source, order(Coding.PLAIN, 10), BLOCKS_OF_100);

        assertThat(source.isPaused()).isTrue();
        assertThat(source.chunksLeft()).isEqualTo(20 - 6);
        assertThat(store.heldCalls()).isEqualTo(PARALLELISM);

        store.answerOne();
        pump(source);
        assertThat(source.chunksLeft()).isEqualTo(20 - 8);

        store.answerAtOnce();
        pump(source);
        outcome.assertCompleted();
        assertThat(store.blob()).isEqualTo(input);
    }

    @Test
    void a_chunk_that_unpacks_to_a_thousand_times_its_size_waits_for_storage() {
        byte[] input = bytes("\n".repeat(24 << 20));
        ScriptedStream source = ScriptedStream.of(Inputs.gzip(input), 64 << 10);
        assertThat(source.chunksLeft()).isEqualTo(1);

        UniAssertSubscriber<Ingested> outcome = run(source, order(Coding.GZIP, 1_000), BLOCKS_OF_1_MIB);

        assertThat(source.isPaused()).isTrue();
        assertThat(store.calls()).hasSize(PARALLELISM);
        while (store.blob() == null) {
            store.answerOne();
            pump(source);
        }
        pump(source);
        assertThat(outcome.assertCompleted().getItem().parts().lines()).isEqualTo(24 << 20);
        assertThat(store.mostInFlight()).isEqualTo(PARALLELISM);
        assertThat(store.blob()).isEqualTo(input);
    }

    @Test
    void other_work_of_the_context_gets_its_turn_while_a_chunk_is_unpacked() {
        ScriptedStream source = ScriptedStream.of(Inputs.gzip(bytes("\n".repeat(8 << 20))), 64 << 10);
        store.answerAtOnce();
        UniAssertSubscriber<Ingested> outcome = start(source, order(Coding.GZIP, 1_000), BLOCKS_OF_1_MIB);

        source.flow();

        assertThat(source.isPaused()).isTrue();
        assertThat(store.calls()).hasSizeLessThanOrEqualTo(1);
        pump(source);
        outcome.assertCompleted();
    }

    @Test
    void nothing_is_committed_before_the_source_has_ended() {
        ScriptedStream source = ScriptedStream.of(bytes("a\n"), 10);
        store.answerAtOnce();
        UniAssertSubscriber<Ingested> outcome = start(source, order(Coding.PLAIN, 1), BLOCKS_OF_100);
        source.pause();

        context.runAll();

        assertThat(store.calls()).isEmpty();
        outcome.assertNotTerminated();
    }

    @Test
    void a_line_too_long_stops_the_reading() {
        ScriptedStream source = ScriptedStream.of(bytes("a\n" + "x".repeat(70_000)), 1_000);
        store.answerAtOnce();

        UniAssertSubscriber<Ingested> outcome = run(source, order(Coding.PLAIN, 1), BLOCKS_OF_100);

        outcome.assertFailedWith(Permanent.class, "Line 2 is longer than");
        assertStopped(source);
        assertThat(source.chunksLeft()).isPositive();
    }

    @Test
    void packed_data_that_is_cut_off_fails() {
        byte[] packed = Inputs.gzip(bytes("a\n"));
        ScriptedStream source = ScriptedStream.of(Arrays.copyOf(packed, packed.length - 3), 5);
        store.answerAtOnce();

        UniAssertSubscriber<Ingested> outcome = run(source, order(Coding.GZIP, 1), BLOCKS_OF_100);

        outcome.assertFailedWith(Permanent.class, "cut off");
        assertStopped(source);
    }

    @Test
    void a_failure_of_storage_stops_the_reading() {
        ScriptedStream source = ScriptedStream.of(bytes("line\n".repeat(200)), 50);
        UniAssertSubscriber<Ingested> outcome = run(source, order(Coding.PLAIN, 10), BLOCKS_OF_100);
        store.failWith(new IllegalStateException("storage is away"));

        store.answerOne();
        pump(source);

        outcome.assertFailedWith(IllegalStateException.class, "storage is away");
        assertStopped(source);
    }

    @Test
    void a_commit_that_fails_is_told() {
        ScriptedStream source = ScriptedStream.of(bytes("line\n"), 50);
        UniAssertSubscriber<Ingested> outcome = run(source, order(Coding.PLAIN, 10), BLOCKS_OF_100);
        store.failWith(new IllegalStateException("storage is away"));

        store.answerOne();
        pump(source);

        outcome.assertFailedWith(IllegalStateException.class, "storage is away");
        assertStopped(source);
    }

    @Test
    void a_client_that_goes_away_ends_the_pump() {
        ScriptedStream source = ScriptedStream.of(bytes("line\n".repeat(200)), 50);
        UniAssertSubscriber<Ingested> outcome = run(source, order(Coding.PLAIN, 10), BLOCKS_OF_100);

        source.fail(new IllegalStateException("closed"));
        store.answerAtOnce();
        pump(source);

        outcome.assertFailedWith(IllegalStateException.class, "closed");
        assertStopped(source);
        assertThat(store.calls()).hasSize(PARALLELISM);
    }

    @Test
    void a_client_that_is_too_slow_ends_the_pump_and_its_memory_comes_back() {
        ScriptedStream source = ScriptedStream.of(bytes("a\n"), 2).withoutEnd();
        UniAssertSubscriber<Ingested> outcome = run(source, order(Coding.PLAIN, 1), BLOCKS_OF_100);
        assertThat(budget.taken()).isEqualTo(BufferPool.FIRST_BYTES);

        time.pass(WINDOW);
        context.runAll();

        outcome.assertFailedWith(Permanent.class, "slower than 1024 bytes a second");
        assertStopped(source);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void time_in_which_storage_is_behind_is_not_the_clients() {
        ScriptedStream source = ScriptedStream.of(bytes("line\n".repeat(200)), 50);
        UniAssertSubscriber<Ingested> outcome = run(source, order(Coding.PLAIN, 10), BLOCKS_OF_100);
        assertThat(source.isPaused()).isTrue();

        time.pass(WINDOW.multipliedBy(10));
        store.answerAtOnce();
        pump(source);

        outcome.assertCompleted();
        assertThat(time.pending()).isZero();
    }

    @Test
    void an_input_that_has_too_many_bytes_stops_the_reading() {
        ScriptedStream source = ScriptedStream.of(Inputs.gzip(bytes("\n".repeat(8 << 20))), 64 << 10);
        store.answerAtOnce();
        SplitRules rules = new SplitRules(1 << 20, 60_000, 1 << 20, 3 << 20);

        UniAssertSubscriber<Ingested> outcome = start(source, order(Coding.GZIP, rules), BLOCKS_OF_1_MIB);
        pump(source);

        outcome.assertFailedWith(Permanent.class, "more than 3145728 bytes (MAXINPUTBYTES)");
        assertStopped(source);
        assertThat(store.calls()).hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void the_end_of_the_scope_ends_the_pump_and_waits_for_blocks_in_flight() {
        ScriptedStream source = ScriptedStream.of(bytes("line\n".repeat(200)), 50);
        run(source, order(Coding.PLAIN, 10), BLOCKS_OF_100);
        assertThat(store.heldCalls()).isEqualTo(PARALLELISM);

        UniAssertSubscriber<Void> quiet = scope.end().subscribe().withSubscriber(UniAssertSubscriber.create());
        context.runAll();
        assertStopped(source);
        quiet.assertNotTerminated();
        store.answerAtOnce();
        context.runAll();

        quiet.assertCompleted();
        assertThat(budget.taken()).isZero();
    }

    @Test
    void cancelling_ends_the_pump() {
        ScriptedStream source = ScriptedStream.of(bytes("line\n".repeat(200)), 50);
        UniAssertSubscriber<Ingested> outcome = run(source, order(Coding.PLAIN, 10), BLOCKS_OF_100);

        outcome.cancel();
        context.runAll();
        store.answerAtOnce();
        context.runAll();

        assertStopped(source);
        assertThat(budget.taken()).isZero();
    }

    @Test
    void an_empty_input_makes_an_empty_blob() {
        store.answerAtOnce();

        Ingested ingested = run(new ScriptedStream(), order(Coding.PLAIN, 1), BLOCKS_OF_100)
                .assertCompleted()
                .getItem();

        assertThat(ingested.parts().size()).isZero();
        assertThat(store.calls()).containsExactly("put 0");
    }

    @Provide
    Arbitrary<Coding> codings() {
        return Arbitraries.of(Coding.values());
    }

    @Provide
    Arbitrary<byte[]> inputs() {
        return Inputs.any();
    }

    private void assertStopped(ScriptedStream source) {
        assertThat(source.isPaused() || source.hasEnded()).isTrue();
        assertThat(source.hasHandlers()).isFalse();
        assertThat(store.blob()).isNull();
    }

    private UniAssertSubscriber<Ingested> run(ScriptedStream source, UploadIngest.Request order, BlockPlan plan) {
        UniAssertSubscriber<Ingested> outcome = start(source, order, plan);
        pump(source);
        return outcome;
    }

    private UniAssertSubscriber<Ingested> start(ScriptedStream source, UploadIngest.Request order, BlockPlan plan) {
        Destination destination = new Destination(store, order.blobName(), plan, scope, new Random(1));
        UploadPump pump =
                new UploadPump(source, order, destination, budget, context, new MinimumRate.Watch(WINDOW, time));
        return Uni.createFrom()
                .<Ingested>emitter(outcome -> pump.start(outcome, scope))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
    }

    private void pump(ScriptedStream source) {
        boolean moving = true;
        while (moving) {
            context.runAll();
            moving = source.flow();
        }
    }

    private static UploadIngest.Request order(Coding coding, int itemsPerPart) {
        return order(coding, rules(itemsPerPart));
    }

    private static UploadIngest.Request order(Coding coding, SplitRules rules) {
        return new UploadIngest.Request(
                "2026-01/1/input.json",
                rules,
                coding.decoder,
                Hashing.SHA_256,
                Attributes.ofType("application/x-ndjson"),
                Condition.IF_ABSENT);
    }

    private static SplitRules rules(int itemsPerPart) {
        return new SplitRules(itemsPerPart, 60_000, 1 << 20, Long.MAX_VALUE);
    }

    private enum Coding {
        PLAIN(IdentityDecoder::new),
        GZIP(GzipDecoder::new);

        private final Supplier<Decoder> decoder;

        Coding(Supplier<Decoder> decoder) {
            this.decoder = decoder;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
