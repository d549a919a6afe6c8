package io.freshet.system;

import org.junit.jupiter.api.Test;

/** Random mishaps, many at once; {@code make chaos SEED=n RUNS=m} tries others than these. */
final class ChaosIT {
    private static final long SEED = Long.getLong("freshet.seed", 1);
    private static final int RUNS = Integer.getInteger("freshet.runs", 3);

    @Test
    void eachLineIsComputedOnceWhateverHappens() {
        try (Chaos chaos = new Chaos(SEED)) {
            for (long seed = SEED; seed < SEED + RUNS; seed++) {
                chaos.run(seed);
            }
        }
    }
}
