package io.freshet.gateway.ingest;

import io.freshet.failure.Permanent;
import io.freshet.run.WorkItem.Part;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class ReferenceSplitTest {
    private static final int RANGE = 4 << 20;
    private static final SplitRules RULES = new SplitRules(1_000, 1 << 20, 1 << 20, Long.MAX_VALUE);

    private final QueuedContext context = new QueuedContext();
    private final List<String> reads = new ArrayList<>();
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();

    @Test
    void an_empty_input_is_not_read_and_has_no_parts() {
        UniAssertSubscriber<PartTable> outcome = split(new byte[0], 0);

        assertThat(outcome.assertCompleted().getItem().size()).isZero();
        assertThat(reads).isEmpty();
    }

    @Test
    void ranges_are_asked_for_one_ahead_and_give_the_parts_of_the_whole() {
        byte[] input = lines(2 * RANGE + 5);

        UniAssertSubscriber<PartTable> outcome = split(input, input.length);

        assertThat(reads).containsExactly("0+" + RANGE);
        held.remove().run();
        assertThat(reads).hasSize(1);
        context.runAll();
        assertThat(reads).containsExactly("0+" + RANGE, RANGE + "+" + RANGE);
        answerAll();
        assertThat(reads).endsWith(2 * RANGE + "+5").hasSize(3);
        LineSplitter whole = new LineSplitter(RULES);
        whole.accept(input, 0, input.length);
        assertThat(listed(outcome.assertCompleted().getItem())).isEqualTo(listed(whole.finish()));
    }

    @Test
    void an_input_of_exactly_one_range_is_read_once() {
        UniAssertSubscriber<PartTable> outcome = split(lines(RANGE), RANGE);
        answerAll();

        assertThat(outcome.assertCompleted().getItem().bytes()).isEqualTo(RANGE);
        assertThat(reads).hasSize(1);
    }

    @Test
    void an_input_that_became_shorter_fails() {
        UniAssertSubscriber<PartTable> outcome = split(lines(100), 101);
        answerAll();

        outcome.assertFailedWith(Permanent.class, "shorter");
    }

    @Test
    void a_line_too_long_ends_the_reading() {
        byte[] input = new byte[4 * RANGE];

        UniAssertSubscriber<PartTable> outcome = split(input, input.length);
        answerAll();

        outcome.assertFailedWith(Permanent.class, "Line 1 is longer than");
        assertThat(reads).hasSize(2);
    }

    @Test
    void an_input_that_is_too_large_is_not_read() {
        UniAssertSubscriber<PartTable> outcome = split(lines(100), 100, new SplitRules(1, 1 << 20, 1 << 20, 99));

        outcome.assertFailedWith(Permanent.class, "more than 99 bytes (MAXINPUTBYTES)");
        assertThat(reads).isEmpty();
    }

    @Test
    void too_many_parts_end_the_reading_and_the_size_says_what_is_enough() {
        UniAssertSubscriber<PartTable> outcome =
                split(lines(3 * RANGE), 3 * RANGE, new SplitRules(1, 1 << 20, 100, 1L << 40));
        answerAll();

        outcome.assertFailedWith(Permanent.class, "itemsPerJob=" + (3 * RANGE + 99) / 100 + " is always enough");
        assertThat(reads).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void a_last_line_that_is_one_part_too_many_fails() {
        byte[] input = {'a', '\n', 'b'};
        UniAssertSubscriber<PartTable> outcome = split(input, 3, new SplitRules(1, 1 << 20, 1, 1L << 40));
        answerAll();

        outcome.assertFailedWith(Permanent.class, "more than 1 parts");
    }

    @Test
    void a_read_that_fails_is_told() {
        UniAssertSubscriber<PartTable> outcome = ReferenceSplit.of(
                        (offset, length) -> Uni.createFrom().failure(new IllegalStateException("away")),
                        10,
                        RULES,
                        context)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        context.runAll();

        outcome.assertFailedWith(IllegalStateException.class, "away");
    }

    @Test
    void cancelling_ends_the_reading() {
        byte[] input = lines(3 * RANGE);
        UniAssertSubscriber<PartTable> outcome = split(input, input.length);

        outcome.cancel();
        answerAll();

        assertThat(reads).hasSize(1);
    }

    private UniAssertSubscriber<PartTable> split(byte[] input, long size) {
        return split(input, size, RULES);
    }

    private UniAssertSubscriber<PartTable> split(byte[] input, long size, SplitRules rules) {
        UniAssertSubscriber<PartTable> outcome = ReferenceSplit.of(
                        (offset, length) -> Uni.createFrom().emitter(emitter -> hold(input, offset, length, emitter)),
                        size,
                        rules,
                        context)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create());
        context.runAll();
        return outcome;
    }

    private void hold(byte[] input, long offset, int length, UniEmitter<? super ByteBuffer> emitter) {
        reads.add(offset + "+" + length);
        int available = (int) Math.min(length, input.length - offset);
        held.add(() -> emitter.complete(ByteBuffer.wrap(input, (int) offset, available)));
    }

    private void answerAll() {
        while (!held.isEmpty()) {
            held.remove().run();
            context.runAll();
        }
    }

    private static byte[] lines(int size) {
        byte[] bytes = new byte[size];
        Arrays.fill(bytes, (byte) 'x');
        for (int i = 36; i < size; i += 37) {
            bytes[i] = '\n';
        }
        return bytes;
    }

    private static List<Part> listed(PartTable table) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            parts.add(table.part(i));
        }
        return parts;
    }
}
