package io.freshet.worker.handler.exec;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.worker.handler.MemoryResults;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OutputLinesTest {

    @Property
    void findsTheSameLinesHoweverTheOutputIsCut(
            @ForAll @StringLength(max = 60) @CharRange(from = 'a', to = 'c') @Chars('\n') String text,
            @ForAll @IntRange(min = 1, max = 20) int size)
            throws Exception {
        MemoryResults results = new MemoryResults();
        OutputLines output = new OutputLines(results);

        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += size) {
            output.add(Arrays.copyOfRange(bytes, from, Math.min(from + size, bytes.length)));
        }
        output.end();

        assertThat(results.written()).isEqualTo(lines(text));
    }

    private static List<String> lines(String text) {
        List<String> parts = List.of(text.split("\n", -1));
        return parts.getLast().isEmpty() ? parts.subList(0, parts.size() - 1) : parts;
    }

    @Test
    void acceptsALineAtTheLimit() throws Exception {
        MemoryResults results = new MemoryResults();
        OutputLines output = new OutputLines(results);

        output.add(new byte[OutputLines.MAX_LENGTH]);
        output.add(new byte[] {'\n'});

        assertThat(results.written()).singleElement().extracting(String::length).isEqualTo(OutputLines.MAX_LENGTH);
    }

    @Test
    void failsAtALineBeyondTheLimit() throws Exception {
        OutputLines output = new OutputLines(new MemoryResults());
        output.add(new byte[OutputLines.MAX_LENGTH]);

        assertThatThrownBy(() -> output.add(new byte[1]))
                .isInstanceOfSatisfying(
                        Permanent.class, e -> assertThat(e.code()).isEqualTo(FailureCode.LINE_TOO_LONG));
    }
}
