package io.freshet.watcher.reconcile;

import io.freshet.run.RunId;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class StallDetectorTest {
    private static final RunId RUN = RunId.parse("2026-11-1");
    private static final RunId OTHER = RunId.parse("2026-11-2");

    private long now;
    private final StallDetector stalls = new StallDetector(Duration.ofNanos(3), () -> now);

    @Test
    void whatLooksTheSameIsStillSinceItWasFirstSeenSo() {
        assertThat(stalls.intervals(RUN, "a")).isZero();
        now = 5;
        stalls.intervals(RUN, "a");
        now = 8;

        assertThat(stalls.intervals(RUN, "a")).isEqualTo(2);
    }

    @Test
    void whateverMovesBeginsAnew() {
        stalls.intervals(RUN, "a");
        now = 5;
        assertThat(stalls.intervals(RUN, "b")).isZero();
        now = 8;

        assertThat(stalls.intervals(RUN, "b")).isEqualTo(1);
    }

    @Test
    void suspicionComesBackAtGrowingDistances() {
        List<Long> suspicious = new ArrayList<>();
        for (now = 0; now < 60; now++) {
            if (stalls.suspects(RUN, "a")) {
                suspicious.add(now);
            }
        }

        assertThat(suspicious).containsExactly(3L, 6L, 12L, 24L, 48L);
    }

    @Test
    void doubtsHaveStorageAskedAtOnceAndThenOnceASecondHoweverMany() {
        assertThat(stalls.doubt(RUN)).isZero();
        assertThat(stalls.suspects(RUN, "a")).isTrue();
        assertThat(stalls.suspects(RUN, "b")).isFalse();

        now = 400_000_000;
        assertThat(stalls.doubt(RUN)).isEqualTo(Duration.ofMillis(601));
        assertThat(stalls.doubt(RUN)).isEqualTo(Duration.ofMillis(601));
        assertThat(stalls.suspects(RUN, "c")).isFalse();
        now = 1_001_000_000;
        assertThat(stalls.suspects(RUN, "d")).isTrue();
        assertThat(stalls.suspects(RUN, "e")).isFalse();
    }

    @Test
    void runsAreToldApartAndForgotten() {
        stalls.intervals(RUN, "a");
        now = 5;
        assertThat(stalls.intervals(OTHER, "a")).isZero();
        stalls.forget(RUN);

        assertThat(stalls.intervals(RUN, "a")).isZero();
    }

    @Test
    void runsThatAreNotLookedAfterAnyMoreAreForgotten() {
        stalls.intervals(RUN, "a");
        stalls.intervals(OTHER, "a");
        now = 5;

        stalls.forgetAllBut(Set.of(OTHER));

        assertThat(stalls.intervals(RUN, "a")).isZero();
        assertThat(stalls.intervals(OTHER, "a")).isEqualTo(1);
    }
}
