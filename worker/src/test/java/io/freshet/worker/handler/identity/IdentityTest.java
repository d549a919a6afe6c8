package io.freshet.worker.handler.identity;

import io.freshet.worker.handler.MemoryLines;
import io.freshet.worker.handler.MemoryResults;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class IdentityTest {

    @Test
    void writesEveryLineUnchangedAndInOrder() throws Exception {
        MemoryResults results = new MemoryResults();

        new Identity().compute(MemoryLines.of(" b\t", "a", "{\"id\":\"\uD83D\uDE00\"}"), results);

        assertThat(results.written()).containsExactly(" b\t", "a", "{\"id\":\"\uD83D\uDE00\"}");
        assertThat(results.rejected()).isEmpty();
    }
}
