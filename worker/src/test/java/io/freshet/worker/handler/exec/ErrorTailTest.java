package io.freshet.worker.handler.exec;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class ErrorTailTest {

    private final ErrorTail tail = new ErrorTail();

    @Test
    void keepsAShortTextWhole() {
        add("first\n");
        add("second\n");

        assertThat(tail.text()).isEqualTo("first\nsecond");
    }

    @Test
    void keepsOnlyTheEndOfALongText() {
        add("a".repeat(3 * ErrorTail.SIZE));
        add("b".repeat(ErrorTail.SIZE - 1));

        assertThat(tail.text()).isEqualTo("a" + "b".repeat(ErrorTail.SIZE - 1));
    }

    @Test
    void dropsACharacterThatIsCutInTwo() {
        add("\uD83D\uDE00");
        add("x".repeat(ErrorTail.SIZE - 2));

        assertThat(tail.text()).isEqualTo("x".repeat(ErrorTail.SIZE - 2));
    }

    private void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        tail.add(bytes, bytes.length);
    }
}
