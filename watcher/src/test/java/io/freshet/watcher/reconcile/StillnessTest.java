package io.freshet.watcher.reconcile;

import io.freshet.run.RunId;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class StillnessTest {
    private static final RunId RUN = RunId.parse("2026-11-1");

    private long now;
    private final Stillness stillness = new Stillness(() -> now);

    @Test
    void whatLooksTheSameIsStillSinceItWasFirstSeenSo() {
        assertThat(stillness.of(RUN, "a")).isZero();
        now = 5;
        stillness.of(RUN, "a");
        now = 7;

        assertThat(stillness.of(RUN, "a")).isEqualTo(Duration.ofNanos(7));
    }

    @Test
    void whateverMovesBeginsAnew() {
        stillness.of(RUN, "a");
        now = 5;

        assertThat(stillness.of(RUN, "b")).isZero();
        now = 6;
        assertThat(stillness.of(RUN, "b")).isEqualTo(Duration.ofNanos(1));
    }

    @Test
    void runsAreToldApartAndForgotten() {
        stillness.of(RUN, "a");
        now = 5;

        assertThat(stillness.of(RunId.parse("2026-11-2"), "a")).isZero();
        stillness.forget(RUN);
        assertThat(stillness.of(RUN, "a")).isZero();
    }
}
