package io.freshet.harness.calculator;

import io.freshet.harness.calculator.ResultCheck.Difference;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

final class ResultCheckTest {

    private static ResultCheck check(List<String> expected, String... chunks) {
        ResultCheck check = new ResultCheck(expected.iterator());
        for (String chunk : chunks) {
            byte[] bytes = chunk.getBytes(StandardCharsets.UTF_8);
            check.accept(bytes, bytes.length);
        }
        check.end();
        return check;
    }

    private static Optional<Difference> difference(long line, String expected, String got) {
        return Optional.of(new Difference(line, Optional.ofNullable(expected), Optional.ofNullable(got)));
    }

    @Test
    void rightLinesAreRightWhereverTheChunksAreCut() {
        ResultCheck check = check(List.of("aa", "bb", "cc"), "a", "a\nb", "b\ncc\n");

        assertThat(check.wrong()).isEmpty();
        assertThat(check.lines()).isEqualTo(3);
        assertThat(check.first()).contains("aa");
        assertThat(check.last()).contains("cc");
    }

    @Test
    void aLastLineWithoutANewlineCounts() {
        assertThat(check(List.of("a", "b"), "a\nb").wrong()).isEmpty();
    }

    @Test
    void theFirstWrongLineIsToldWithItsNumber() {
        assertThat(check(List.of("a", "b", "c"), "a\nx\ny\n").wrong()).isEqualTo(difference(2, "b", "x"));
    }

    @Test
    void twoLinesInTheWrongOrderAreWrong() {
        assertThat(check(List.of("a", "b"), "b\na\n").wrong()).isEqualTo(difference(1, "a", "b"));
    }

    @Test
    void aMissingLineIsWrong() {
        assertThat(check(List.of("a", "b"), "a\n").wrong()).isEqualTo(difference(2, "b", null));
    }

    @Test
    void aLineTooManyIsWrong() {
        assertThat(check(List.of("a"), "a\nb\n").wrong()).isEqualTo(difference(2, null, "b"));
    }

    @Test
    void anEmptyResultWhereLinesWereDueIsWrong() {
        assertThat(check(List.of("a")).wrong()).isEqualTo(difference(1, "a", null));
    }
}
