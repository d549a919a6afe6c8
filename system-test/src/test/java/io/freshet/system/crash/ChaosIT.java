package io.freshet.system.crash;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Random mishaps, many at once; {@code make chaos SEED=n RUNS=m} tries others than these. */
final class ChaosIT {
    private static final long SEED = Long.getLong("freshet.seed", 1);
    private static final int RUNS = Integer.getInteger("freshet.runs", 5);
    private static final int STAGES = Math.min(RUNS, Integer.getInteger("freshet.stages", 2));

    private final Queue<Long> seeds = new ConcurrentLinkedQueue<>(
            LongStream.range(SEED, SEED + RUNS).boxed().toList());
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final Map<String, Integer> tally = new ConcurrentSkipListMap<>();

    @Test
    void eachLineIsComputedOnceWhateverHappens() {
        try (ExecutorService players = Executors.newFixedThreadPool(STAGES)) {
            for (int i = 0; i < STAGES; i++) {
                players.execute(() -> {
                    while (!seeds.isEmpty()) {
                        play();
                    }
                });
            }
        }
        System.err.println(RUNS + " seeds: " + tally);

        assertThat(failures).isEmpty();
        assertThat(seeds).isEmpty();
    }

    /** Until no seed is left, or one has failed: what that leaves must not spoil the next. */
    private void play() {
        try (Chaos chaos = new Chaos(tally)) {
            for (Long seed = seeds.poll(); seed != null; seed = seeds.poll()) {
                chaos.run(seed);
            }
        } catch (AssertionError e) {
            failures.add(e.toString());
        }
    }
}
