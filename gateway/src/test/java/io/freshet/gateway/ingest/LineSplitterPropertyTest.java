package io.freshet.gateway.ingest;

import io.freshet.failure.Permanent;
import io.freshet.run.WorkItem.Part;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class LineSplitterPropertyTest {
    private static final int NO_LIMIT = 1 << 20;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    @Property(tries = 500)
    void parts_are_those_of_a_naive_split_however_the_input_is_chunked(
            @ForAll("inputs") byte[] input,
            @ForAll("chunkings") List<Integer> chunks,
            @ForAll @IntRange(min = 1, max = 120) int itemsPerPart) {
        PartTable parts = split(input, chunks, new SplitRules(itemsPerPart, NO_LIMIT, NO_LIMIT, Long.MAX_VALUE));

        List<Integer> lines = naiveLineEnds(input);
        assertThat(parts.lines()).isEqualTo(lines.size());
        assertThat(parts.bytes()).isEqualTo(input.length);
        assertThat(listed(parts)).isEqualTo(naiveParts(lines, itemsPerPart));
    }

    @Property(tries = 300)
    void parts_lie_side_by_side_and_cover_the_input(
            @ForAll("inputs") byte[] input,
            @ForAll("chunkings") List<Integer> chunks,
            @ForAll @IntRange(min = 1, max = 20) int itemsPerPart) {
        PartTable parts = split(input, chunks, new SplitRules(itemsPerPart, NO_LIMIT, NO_LIMIT, Long.MAX_VALUE));

        long end = 0;
        for (Part part : listed(parts)) {
            assertThat(part.firstByte()).isEqualTo(end);
            assertThat(part.item() == parts.size() - 1 || part.lines() == itemsPerPart)
                    .isTrue();
            end += part.bytes();
        }
        assertThat(end).isEqualTo(Arrays.equals(input, MARK) ? 0 : input.length);
    }

    @Property(tries = 300)
    void the_first_line_over_the_limit_is_found_however_the_input_is_chunked(
            @ForAll("inputs") byte[] input,
            @ForAll("chunkings") List<Integer> chunks,
            @ForAll @IntRange(min = 1, max = 60) int limit) {
        String outcome = outcome(input, chunks, limit);

        assertThat(outcome).isEqualTo(naiveOutcome(input, limit));
    }

    @Provide
    Arbitrary<byte[]> inputs() {
        return Inputs.any();
    }

    @Provide
    Arbitrary<List<Integer>> chunkings() {
        return Inputs.chunkings();
    }

    private static PartTable split(byte[] input, List<Integer> chunks, SplitRules rules) {
        LineSplitter splitter = new LineSplitter(rules);
        int from = 0;
        for (int i = 0; from < input.length; i++) {
            int length = Math.min(chunks.get(i % chunks.size()), input.length - from);
            splitter.accept(input, from, length);
            from += length;
        }
        return splitter.finish();
    }

    private static String outcome(byte[] input, List<Integer> chunks, int limit) {
        try {
            return split(input, chunks, new SplitRules(3, limit, NO_LIMIT, Long.MAX_VALUE))
                            .lines() + " lines";
        } catch (Permanent e) {
            return e.getMessage();
        }
    }

    private static String naiveOutcome(byte[] input, int limit) {
        List<Integer> ends = naiveLineEnds(input);
        int start = 0;
        for (int line = 0; line < ends.size(); line++) {
            int end = ends.get(line);
            int length = end - start;
            if (length > 0 && input[end - 1] == '\n') {
                length--;
            }
            if (length > 0 && input[start + length - 1] == '\r') {
                length--;
            }
            if (length > limit) {
                return "Line " + (line + 1) + " is longer than " + limit + " bytes (MAXLINEBYTES)";
            }
            start = end;
        }
        // A lone mark is no line, but its bytes may be over a tiny limit.
        return ends.isEmpty() && input.length > limit
                ? "Line 1 is longer than " + limit + " bytes (MAXLINEBYTES)"
                : ends.size() + " lines";
    }

    /** Offset behind each line. */
    private static List<Integer> naiveLineEnds(byte[] input) {
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < input.length; i++) {
            if (input[i] == '\n') {
                ends.add(i + 1);
            }
        }
        int covered = ends.isEmpty() ? 0 : ends.getLast();
        if (covered < input.length && !Arrays.equals(input, MARK)) {
            ends.add(input.length);
        }
        return ends;
    }

    private static List<Part> naiveParts(List<Integer> lineEnds, int itemsPerPart) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        for (int line = 0; line < lineEnds.size(); line += itemsPerPart) {
            int after = Math.min(lineEnds.size(), line + itemsPerPart);
            int end = lineEnds.get(after - 1);
            parts.add(new Part(parts.size(), start, end - start, line + 1, after - line));
            start = end;
        }
        return parts;
    }

    private static List<Part> listed(PartTable table) {
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < table.size(); i++) {
            parts.add(table.part(i));
        }
        return parts;
    }
}
