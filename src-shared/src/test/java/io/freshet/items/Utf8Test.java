package io.freshet.items;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

class Utf8Test {

    @Test
    void whatFitsIsNotCut() {
        assertThat(Utf8.beginning(bytes("aé"), 0, 3, 3)).isEqualTo(3);
    }

    @Test
    void aCharacterThatWouldBeCutIsLeftOut() {
        byte[] text = bytes("xa🚀b");

        assertThat(Utf8.beginning(text, 1, 6, 4)).isEqualTo(1);
        assertThat(Utf8.beginning(text, 1, 6, 5)).isEqualTo(5);
    }

    @Property(tries = 200)
    void aBeginningIsReadBackAsTheBeginningOfTheText(@ForAll String any, @ForAll @IntRange(max = 50) int most) {
        byte[] text = bytes(any);
        String whole = new String(text, StandardCharsets.UTF_8);

        int length = Utf8.beginning(text, 0, text.length, most);

        assertThat(length).isLessThanOrEqualTo(Math.min(most, text.length));
        assertThat(whole).startsWith(new String(text, 0, length, StandardCharsets.UTF_8));
        assertThat(length).isGreaterThan(Math.min(most, text.length) - 4);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
