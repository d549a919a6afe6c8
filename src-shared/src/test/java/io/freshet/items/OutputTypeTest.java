package io.freshet.items;

import io.freshet.run.ItemOutcome.Tally;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutputTypeTest {
    private static final long MAX = 999_999_999_999_999_999L;

    @Property
    void theCountsAreReadBack(
            @ForAll @LongRange(min = 0, max = MAX) long lines, @ForAll @LongRange(min = 0, max = MAX) long rejected) {
        Tally tally = new Tally(lines, rejected);

        assertThat(OutputType.read(OutputType.of(tally))).contains(tally);
    }

    @Test
    void aServiceMayLeaveOutTheSpaces() {
        assertThat(OutputType.read("application/x-ndjson;lines=100;rejected=3")).contains(new Tally(100, 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "application/octet-stream",
                "application/x-ndjson",
                "application/x-ndjson; lines=1",
                "application/x-ndjson; lines=-1; rejected=0",
                "application/x-ndjson; lines=1; rejected=1234567890123456789",
                "application/x-ndjson; lines=1; rejected=0; more"
            })
    void otherTypesSayNothing(String contentType) {
        assertThat(OutputType.read(contentType)).isEmpty();
    }
}
