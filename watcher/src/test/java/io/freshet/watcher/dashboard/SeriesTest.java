package io.freshet.watcher.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.watcher.dashboard.Series.Counts;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Arrays;

import static org.assertj.core.api.Assertions.assertThat;

class SeriesTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private final Series series = new Series();

    @Test
    void aPointIsTheLastThatWasKnownInItsFiveSeconds() {
        add(0, 1);
        add(3, 2);
        add(5, 3);

        assertThat(series.json().path("waiting").toString()).isEqualTo("[2,3]");
        assertThat(series.json().path("from").asLong()).isEqualTo(NOW.getEpochSecond());
    }

    @Test
    void whereNothingWasToldNothingMoved() {
        add(0, 1);
        add(20, 2);

        assertThat(series.json().path("waiting").toString()).isEqualTo("[1,1,1,1,2]");
    }

    @Test
    void anHourIsKept() {
        for (int second = 0; second < 4_000; second += 5) {
            add(second, second);
        }

        assertThat(series.json().path("waiting")).hasSize(Series.LENGTH);
        assertThat(series.json().path("waiting").path(Series.LENGTH - 1).asInt())
                .isEqualTo(3_995);
        assertThat(series.json().path("from").asLong()).isEqualTo(NOW.getEpochSecond() + 4_000 - 3_600);
    }

    @Test
    void aClockThatGoesBackMovesNoPoint() {
        add(10, 1);
        add(0, 2);

        assertThat(series.json().path("waiting").toString()).isEqualTo("[2]");
        assertThat(series.json().path("from").asLong()).isEqualTo(NOW.getEpochSecond() + 10);
    }

    @Test
    void whatWasWrittenGoesOn() {
        add(0, 1);
        Series other = Series.read(series.json(), NOW.plusSeconds(30));
        other.add(NOW.plusSeconds(10), counts(2));

        assertThat(other.json().path("waiting").toString()).isEqualTo("[1,1,2]");
        assertThat(other.json().path("pods").path(0).isNull()).isTrue();
    }

    @Test
    void whatNobodySawIsUnknown() {
        add(0, 1);
        ObjectNode written = series.json();

        Series other = Series.read(written, NOW.plusSeconds(600));
        other.add(NOW.plusSeconds(600), counts(2));

        assertThat(other.json().path("waiting").path(0).asInt()).isEqualTo(1);
        assertThat(other.json().path("waiting").path(1).isNull()).isTrue();
        assertThat(other.json().path("waiting").path(119).isNull()).isTrue();
        assertThat(other.json().path("waiting").path(120).asInt()).isEqualTo(2);
    }

    private void add(int second, int waiting) {
        series.add(NOW.plusSeconds(second), counts(waiting));
    }

    private static Counts counts(int waiting) {
        return new Counts(Arrays.asList(waiting, 0, null, null, null));
    }
}
