package io.freshet.watcher.lifecycle;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class PaceTest {
    private final Pace pace = new Pace();

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

    /** At which of so many ticks storage was asked. */
    private List<Integer> asked(int ticks, boolean something, boolean isBusy) {
        return IntStream.rangeClosed(1, ticks)
                .filter(tick -> {
                    boolean asks = pace.tick(isBusy);
                    if (asks) {
                        pace.found(something);
                    }
                    return asks;
                })
                .boxed()
                .toList();
    }
}
