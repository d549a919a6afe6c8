package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.WorkItem.Part;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LineSplitterTest {
    private static final String MARK = "\uFEFF";
    private static final int NO_LIMIT = 1 << 20;

    @Test
    void nothing_has_no_parts() {
        assertThat(split("", 3).size()).isZero();
    }

    @Test
    void a_lone_byte_order_mark_is_three_bytes_and_no_line() {
        PartTable parts = split(MARK, 3);

        assertThat(parts.size()).isZero();
        assertThat(parts.lines()).isZero();
        assertThat(parts.bytes()).isEqualTo(3);
    }

    @Test
    void a_byte_order_mark_belongs_to_the_first_part() {
        assertThat(split(MARK + "a\nb\n", 1).part(0)).isEqualTo(new Part(0, 0, 5, 1, 1));
    }

    @Test
    void a_byte_order_mark_with_a_line_end_is_an_empty_line() {
        assertThat(split(MARK + "\n", 1).part(0)).isEqualTo(new Part(0, 0, 4, 1, 1));
    }

    @Test
    void three_bytes_that_are_no_mark_are_a_line() {
        assertThat(split("abc", 1).part(0)).isEqualTo(new Part(0, 0, 3, 1, 1));
    }

    @Test
    void a_last_line_without_line_end_counts() {
        PartTable parts = split("a\nb\nc", 2);

        assertThat(parts.part(1)).isEqualTo(new Part(1, 4, 1, 3, 1));
        assertThat(parts.lines()).isEqualTo(3);
    }

    @Test
    void empty_lines_count() {
        PartTable parts = split("\n\r\n\n", 2);

        assertThat(parts.part(0)).isEqualTo(new Part(0, 0, 3, 1, 2));
        assertThat(parts.part(1)).isEqualTo(new Part(1, 3, 1, 3, 1));
    }

    @ParameterizedTest
    @CsvSource({"299,3", "300,3", "301,4"})
    void a_part_more_begins_with_the_line_after_a_full_part(int lines, int parts) {
        assertThat(split("x\n".repeat(lines), 100).size()).isEqualTo(parts);
    }

    @Test
    void many_parts_in_one_chunk_are_all_found() {
        PartTable parts = split("ab\n".repeat(50_000), 1);

        assertThat(parts.size()).isEqualTo(50_000);
        assertThat(parts.part(49_999)).isEqualTo(new Part(49_999, 149_997, 3, 50_000, 1));
    }

    @Test
    void bytes_of_a_direct_buffer_are_split_alike() {
        byte[] input = "abc\n".repeat(40_000).getBytes(StandardCharsets.UTF_8);
        ByteBuffer direct = ByteBuffer.allocateDirect(input.length).put(input).flip();
        LineSplitter splitter = new LineSplitter(new SplitRules(7, NO_LIMIT, NO_LIMIT, Long.MAX_VALUE));

        splitter.accept(direct);

        PartTable parts = splitter.finish();
        assertThat(parts.lines()).isEqualTo(40_000);
        assertThat(parts.bytes()).isEqualTo(160_000);
        assertThat(direct.hasRemaining()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234\n", "1234\r\n", "1234", "1234\r", "1234\n\n1234\r\n1234"})
    void lines_as_long_as_allowed_pass(String input) {
        assertThat(splitWithLimit(input, 4).bytes()).isEqualTo(input.length());
    }

    @ParameterizedTest
    @CsvSource({
        "12345,1",
        "12345\\n,1",
        "1\\n12345\\n,2",
        "1\\n\\n1234\\n1234\\r\\n12345,5",
        "1234\\rx,1",
        "1\\n1234\\rx\\n,2"
    })
    void a_line_too_long_fails_with_its_number_the_limit_and_the_setting(String escaped, int line) {
        String input = escaped.replace("\\n", "\n").replace("\\r", "\r");

        assertThatThrownBy(() -> splitWithLimit(input, 4))
                .isInstanceOfSatisfying(
                        Permanent.class, e -> assertThat(e.code()).isEqualTo(FailureCode.LINE_TOO_LONG))
                .hasMessage("Line " + line + " is longer than 4 bytes (MAXLINEBYTES)");
    }

    @Test
    void a_line_too_long_fails_before_its_end_has_come() {
        LineSplitter splitter = new LineSplitter(new SplitRules(10, 100_000, NO_LIMIT, Long.MAX_VALUE));
        byte[] chunk = "x".repeat(50_001).getBytes(StandardCharsets.UTF_8);
        splitter.accept("a\n".getBytes(StandardCharsets.UTF_8), 0, 2);
        splitter.accept(chunk, 0, chunk.length);

        assertThatThrownBy(() -> splitter.accept(chunk, 0, chunk.length)).hasMessageStartingWith("Line 2 ");
    }

    @Test
    void more_parts_than_allowed_fail_and_say_what_to_do() {
        LineSplitter splitter = new LineSplitter(new SplitRules(1, NO_LIMIT, 2, 1_001));
        byte[] input = "a\nb\nc\n".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> splitter.accept(input, 0, input.length))
                .isInstanceOfSatisfying(
                        Permanent.class, e -> assertThat(e.code()).isEqualTo(FailureCode.INPUT_TOO_LARGE))
                .hasMessageContaining("more than 2 parts (MAXPARTS) of 1 line each")
                .hasMessageContaining("itemsPerJob=501 is always enough");
    }

    @ParameterizedTest
    @CsvSource({"1,1001", "2,1001", "3,2000000000000"})
    void what_is_said_to_be_enough_is_enough(int maxParts, long maxBytes) {
        String message =
                new SplitRules(1, NO_LIMIT, maxParts, maxBytes).tooManyParts().getMessage();

        Matcher said = Pattern.compile("itemsPerJob=(\\d+)").matcher(message);
        boolean sayable = maxBytes / maxParts <= Integer.MAX_VALUE;
        assertThat(said.find()).isEqualTo(sayable);
        if (sayable) {
            long items = Long.parseLong(said.group(1));
            assertThat(Math.ceilDiv(maxBytes, items)).isLessThanOrEqualTo(maxParts);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 10})
    void more_bytes_than_allowed_fail_wherever_they_are_cut(int piece) {
        LineSplitter splitter = new LineSplitter(new SplitRules(1, NO_LIMIT, NO_LIMIT, 9));
        byte[] input = "a\nb\nc\nd\ne\n".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < input.length; i += piece) {
                        splitter.accept(input, i, Math.min(piece, input.length - i));
                    }
                })
                .isInstanceOfSatisfying(
                        Permanent.class, e -> assertThat(e.code()).isEqualTo(FailureCode.INPUT_TOO_LARGE))
                .hasMessageContaining("more than 9 bytes (MAXINPUTBYTES)");
    }

    @Test
    void exactly_as_much_as_allowed_is_taken() {
        PartTable parts = split("a\nb\nc", new SplitRules(1, NO_LIMIT, 3, 5));

        assertThat(parts.size()).isEqualTo(3);
    }

    @Test
    void a_part_beyond_the_last_is_refused() {
        assertThatThrownBy(() -> split("a", 1).part(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    private static PartTable split(String input, int itemsPerPart) {
        return split(input, new SplitRules(itemsPerPart, NO_LIMIT, NO_LIMIT, Long.MAX_VALUE));
    }

    private static PartTable splitWithLimit(String input, int maxLineBytes) {
        return split(input, new SplitRules(2, maxLineBytes, NO_LIMIT, Long.MAX_VALUE));
    }

    private static PartTable split(String input, SplitRules rules) {
        byte[] bytes = input.getBytes(StandardCharsets.UTF_8);
        LineSplitter splitter = new LineSplitter(rules);
        splitter.accept(bytes, 0, bytes.length);
        return splitter.finish();
    }
}
