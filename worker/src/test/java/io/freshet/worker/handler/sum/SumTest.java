package io.freshet.worker.handler.sum;

import io.freshet.worker.handler.MemoryLines;
import io.freshet.worker.handler.MemoryResults;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SumTest {

    @Test
    void addsUpTheNumbersOfEachLineExactly() throws Exception {
        assertThat(of("[1,1]", "[]", "[0.1,0.2]", "[1e2,-1]", "[9007199254740993,1]", "[1.50]")
                        .written())
                .containsExactly("2", "0", "0.3", "99", "9007199254740994", "1.5");
    }

    @Test
    void anythingElseIsRejected() throws Exception {
        MemoryResults results = of("1", "{}", "[1,\"2\"]", "[1", "[1] 2", "null");

        assertThat(results.written()).isEmpty();
        assertThat(results.rejected()).hasSize(6);
    }

    private static MemoryResults of(String... lines) throws Exception {
        MemoryResults results = new MemoryResults();
        new Sum().compute(MemoryLines.of(lines), results);
        return results;
    }
}
