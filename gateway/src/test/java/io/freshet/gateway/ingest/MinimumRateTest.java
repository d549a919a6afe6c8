package io.freshet.gateway.ingest;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MinimumRateTest {
    private static final Duration WINDOW = Duration.ofSeconds(30);
    private static final int ENOUGH = 30 << 10;

    private final ManualTime time = new ManualTime();
    private final List<Permanent> failures = new ArrayList<>();
    private final MinimumRate rate = new MinimumRate(new MinimumRate.Watch(WINDOW, time), failures::add);

    @Test
    void a_client_that_sends_one_byte_is_too_slow_after_a_window() {
        rate.received(1);

        time.pass(WINDOW.minusMillis(1));
        assertThat(failures).isEmpty();
        time.pass(Duration.ofMillis(1));

        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.code()).isEqualTo(FailureCode.TOO_SLOW);
            assertThat(failure).hasMessageContaining("1024 bytes a second for 30 seconds");
        });
    }

    @Test
    void a_client_that_sends_just_enough_in_each_window_goes_on() {
        for (int i = 0; i < 20; i++) {
            rate.received(ENOUGH);
            time.pass(WINDOW);
        }

        assertThat(failures).isEmpty();
    }

    @Test
    void what_was_sent_fast_does_not_count_for_later_windows() {
        rate.received(100 * ENOUGH);
        time.pass(WINDOW);
        rate.received(ENOUGH - 1);
        time.pass(WINDOW);

        assertThat(failures).hasSize(1);
    }

    @Test
    void a_client_that_has_sent_nothing_yet_is_not_watched() {
        time.pass(WINDOW.multipliedBy(10));

        assertThat(failures).isEmpty();
    }

    @Test
    void time_in_which_the_server_does_not_read_is_not_the_clients() {
        rate.received(1);
        time.pass(Duration.ofSeconds(10));
        rate.pause();
        time.pass(Duration.ofHours(1));
        rate.resume();

        time.pass(Duration.ofSeconds(18));
        assertThat(failures).isEmpty();
        time.pass(Duration.ofSeconds(3));

        assertThat(failures).hasSize(1);
    }

    @Test
    void many_short_pauses_add_up() {
        rate.received(1);
        for (int i = 0; i < 29; i++) {
            rate.pause();
            time.pass(Duration.ofSeconds(9));
            rate.resume();
            time.pass(Duration.ofSeconds(1));
        }
        assertThat(failures).isEmpty();

        time.pass(Duration.ofSeconds(3));

        assertThat(failures).hasSize(1);
    }

    @Test
    void a_window_that_ends_while_the_server_does_not_read_costs_few_looks() {
        rate.received(1);
        time.pass(WINDOW.minusNanos(1));
        rate.pause();

        time.pass(Duration.ofHours(1));

        assertThat(failures).isEmpty();
        assertThat(time.fired()).isLessThanOrEqualTo(3_700);
    }

    @Test
    void who_has_sent_everything_is_not_watched_any_more() {
        rate.received(1);
        rate.stop();

        time.pass(WINDOW);

        assertThat(failures).isEmpty();
        assertThat(time.pending()).isZero();
    }
}
