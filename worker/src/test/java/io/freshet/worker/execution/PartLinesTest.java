package io.freshet.worker.execution;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.WorkItem.Part;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartLinesTest {

    @Test
    void aByteOrderMarkBelongsToNoLine() throws InterruptedException {
        assertThat(lines(0, "\uFEFFfirst\nsecond\n").next().text()).isEqualTo("first");
    }

    @Test
    void onlyTheFileBeginsWithAByteOrderMark() throws InterruptedException {
        assertThat(lines(100, "\uFEFFfirst\n").next().text()).isEqualTo("\uFEFFfirst");
    }

    @Test
    void aLineOfNothingButAByteOrderMarkIsEmpty() throws InterruptedException {
        Line line = lines(0, "\uFEFF\nsecond").next();

        assertThat(line.text()).isEqualTo("second");
        assertThat(line.number()).isEqualTo(2);
    }

    @Test
    void aLineOfBlanksIsEmptyAndCounts() throws InterruptedException {
        PartLines lines = lines(0, "first\n \t \n\r\r\n \r\n", "  last  ");

        assertThat(lines.next().text()).isEqualTo("first");
        Line last = lines.next();
        assertThat(last.text()).as("blanks around something stay").isEqualTo("  last  ");
        assertThat(last.number()).isEqualTo(5);
        assertThat(lines.next()).isNull();
    }

    @Test
    void otherSpacesAreText() throws InterruptedException {
        assertThat(lines(0, "\u00A0\n").next().text()).isEqualTo("\u00A0");
        assertThat(lines(0, "\f\n").next().text()).isEqualTo("\f");
    }

    @Test
    void aLineOverTheLimitFailsThePartForGood() {
        PartLines lines = lines(0, "short\n", "0123456789", "0123456789", "0123456789\n");

        assertThatThrownBy(() -> {
                    while (lines.next() != null) {
                        // read on
                    }
                })
                .isInstanceOfSatisfying(
                        Permanent.class, p -> assertThat(p.code()).isEqualTo(FailureCode.LINE_TOO_LONG))
                .hasMessageContaining("Line 2")
                .hasMessageContaining("MAXLINEBYTES");
    }

    private static PartLines lines(long firstByte, String... chunks) {
        Iterator<String> left = List.of(chunks).iterator();
        return new PartLines(
                new Part(0, firstByte, 1, 1, 1),
                () -> left.hasNext() ? ByteBuffer.wrap(left.next().getBytes(StandardCharsets.UTF_8)) : null,
                16);
    }
}
