package io.freshet.watcher.lifecycle;

import io.freshet.watcher.lifecycle.Sweeps.Pace;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {
    private final Pace pace = new Pace(Duration.ofSeconds(1));
    private Duration took = Duration.ofMillis(50);

    @Test
    void everyTickAsksWhileThereIsSomething() {
        assertThat(asked(5, true, false)).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void questionsGetRarerWhileThereIsNothing() {
        assertThat(asked(40, false, false)).containsExactly(1, 3, 7, 15, 25, 35);
    }

    @Test
    void whatIsKnownWithoutAskingMakesThemFrequentAtOnce() {
        asked(40, false, false);

        assertThat(asked(3, false, true)).containsExactly(1, 2, 3);
    }

    @Test
    void whatAnotherHasDoneMakesThemFrequentAgain() {
        asked(40, false, false);

        assertThat(asked(8, true, false)).containsExactly(5, 6, 7, 8);
    }

    @Test
    void whatTakesLongIsAskedForATenthOfTheTime() {
        took = Duration.ofMillis(650);

        assertThat(asked(20, true, true)).containsExactly(1, 7, 13, 19);

        took = Duration.ofMillis(50);
        asked(6, true, true);
        assertThat(asked(3, true, true)).containsExactly(1, 2, 3);
    }

    /** At which of so many ticks storage was asked. */
    private List<Integer> asked(int ticks, boolean something, boolean isBusy) {
        return IntStream.rangeClosed(1, ticks)
                .filter(tick -> {
                    boolean asks = pace.tick(isBusy);
                    if (asks) {
                        pace.found(something, took);
                    }
                    return asks;
                })
                .boxed()
                .toList();
    }
}
