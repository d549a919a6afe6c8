package io.freshet.harness.command;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

final class ScreenTest {
    private static final String CLEAR = "\r\u001b[2K";

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH.plusSeconds(1_000));
    private final InstantSource clock = now::get;

    private Screen screen(int columns) {
        return new Screen(new PrintStream(shown, false, StandardCharsets.UTF_8), clock, columns);
    }

    @Test
    void elsewhereProgressComesNowAndThenAndItsEndAlways() {
        Screen screen = screen(0);

        screen.progress("1 %");
        screen.progress("2 %");
        now.updateAndGet(time -> time.plusSeconds(3));
        screen.progress("3 %");
        screen.endProgress("100 %");

        assertThat(shown.toString(StandardCharsets.UTF_8)).isEqualTo("1 %\n3 %\n100 %\n");
    }

    @Test
    void onATerminalProgressStaysTheLastLineAndFits() {
        Screen screen = screen(21);

        screen.progress("a line that is longer than the terminal");
        screen.line("news");
        screen.mute();
        screen.line("nobody sees this");

        String progress = "a line that is longe";
        assertThat(shown.toString(StandardCharsets.UTF_8))
                .isEqualTo(CLEAR + progress + CLEAR + "news\n" + progress + "\n");
    }
}
