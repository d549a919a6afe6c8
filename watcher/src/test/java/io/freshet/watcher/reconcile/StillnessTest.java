package io.freshet.watcher.reconcile;

import io.freshet.run.RunId;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class StillnessTest {
    private static final RunId RUN = RunId.parse("2026-11-1");

    private long now;
    private final Stillness stillness = new Stillness(Duration.ofNanos(3), () -> now);

    @Test
    void whatLooksTheSameIsStillSinceItWasFirstSeenSo() {
        assertThat(stillness.intervals(RUN, "a")).isZero();
        now = 5;
        stillness.intervals(RUN, "a");
        now = 8;

        assertThat(stillness.intervals(RUN, "a")).isEqualTo(2);
    }

    @Test
    void whateverMovesBeginsAnew() {
        stillness.intervals(RUN, "a");
        now = 5;

        assertThat(stillness.intervals(RUN, "b")).isZero();
        now = 8;
        assertThat(stillness.intervals(RUN, "b")).isEqualTo(1);
    }

    @Test
    void runsAreToldApartAndForgotten() {
        stillness.intervals(RUN, "a");
        now = 5;

        assertThat(stillness.intervals(RunId.parse("2026-11-2"), "a")).isZero();
        stillness.forget(RUN);
        assertThat(stillness.intervals(RUN, "a")).isZero();
    }
}
