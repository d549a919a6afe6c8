package io.freshet.system.tour;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

final class TranscriptTest {
    private static final String SHOWN_ID = "2026-11-8204547905476472157";
    private static final String ID = "2027-01-8200000000000000001";

    private final Transcript transcript = new Transcript();

    @Test
    void commandsAreSetApartFromWhatTheyPrint() {
        String markdown = """
                Text.

                ```console
                $ echo one
                one

                $ echo two \\
                    three
                two three
                $ true
                ```
                """;

        assertThat(Transcript.steps(markdown))
                .isEqualTo(List.of(
                        new Transcript.Step("echo one", "one"),
                        new Transcript.Step("echo two \\\n    three", "two three"),
                        new Transcript.Step("true", "")));
    }

    @Test
    void anIdStandsForTheSameEverAfter() {
        assertThat(transcript.accepts(SHOWN_ID, ID)).isTrue();

        assertThat(transcript.translated("curl /jobs/" + SHOWN_ID)).isEqualTo("curl /jobs/" + ID);
        assertThat(transcript.translated("jobs/2026-11/8204547905476472157"))
                .isEqualTo("jobs/2027-01/8200000000000000001");
        assertThat(transcript.accepts(SHOWN_ID, "2027-01-8200000000000000002")).isFalse();
    }

    @Test
    void speedsAndTimesMayDifferButNoOtherValue() {
        String shown = "{\"lines\":4,\"linesPerSecond\":11.4,\"startTime\":\"2026-11-23T16:41:36Z\"}";

        assertThat(transcript.accepts(shown, shown.replace("11.4", "7").replace("16:41", "09:00")))
                .isTrue();
        assertThat(transcript.accepts(shown, shown.replace("4,", "5,"))).isFalse();
        assertThat(transcript.accepts(shown, shown.replace("lines\"", "rows\"")))
                .isFalse();
    }

    @Test
    void whatIsLeftOutIsOnOneLineUnlessItHasItsOwn() {
        assertThat(transcript.accepts("{\"a\":1,…}", "{\"a\":1,\"b\":2}")).isTrue();
        assertThat(transcript.accepts("{\"a\":1,…}", "{\"a\":1,\n}")).isFalse();
        assertThat(transcript.accepts("first\n…\nlast", "first\nsecond\n\nlast"))
                .isTrue();
        assertThat(transcript.accepts("first\n…\nlast", "first\nsecond")).isFalse();
    }
}
