package io.freshet.run;

import io.freshet.run.RunSpec.Burst;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** Where a run goes. */
class BurstLimitsTest {
    private static final Instant NOW = SampleRuns.SUBMITTED.plusSeconds(1);

    /** Limits: trigger / pods at most; what is wished: aci and gpu; what becomes of it, with the number of pods. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            6  | 50 | -     | 5   | BY_SIZE | -   | cluster
            6  | 50 | -     | 6   | BY_SIZE | -   | burst 6 on v1
            6  | 50 | -     | 200 | BY_SIZE | -   | burst 50 on v1
            6  | 50 | -     | 0   | BY_SIZE | -   | cluster
            6  | 50 | -     | 1   | ALWAYS  | -   | burst 1 on v1
            6  | 50 | -     | 0   | ALWAYS  | -   | burst 1 on v1
            6  | 50 | -     | 200 | NEVER   | -   | cluster
            0  | 50 | -     | 200 | BY_SIZE | -   | cluster
            0  | 50 | -     | 200 | ALWAYS  | -   | cluster: bursts are switched off (ACICOMPLETIONSTRIGGER is 0)
            6  | 50 | there | 200 | BY_SIZE | -   | cluster
            6  | 50 | there | 200 | ALWAYS  | -   | cluster: there
            6  | 3  | -     | 200 | BY_SIZE | -   | burst 3 on v1
            6  | 0  | -     | 200 | BY_SIZE | -   | cluster: virtual nodes had no capacity left a moment ago
            6  | 50 | -     | 1   | BY_SIZE | K80 | burst 1 on gpu
            6  | 0  | -     | 200 | BY_SIZE | K80 | burst 2 on gpu
            0  | 50 | -     | 200 | NEVER   | K80 | burst 2 on gpu
            6  | 50 | there | 200 | NEVER   | K80 | cluster: there
            """)
    void aRunGoesWhereItsSizeAndWishAndTheLimitsAllow(
            int trigger, int pods, String obstacle, int items, Burst wish, String gpu, String where) {
        BurstLimits limits = new BurstLimits(trigger, pods, "v1", obstacle);

        assertThat(told(limits.place(run(items, wish, gpu), NOW))).isEqualTo(where);
    }

    @Test
    void whatIsDoneAlreadyNeedsNoPod() {
        Run run = SampleRuns.pending(200).start(SampleRuns.at(10)).apply(SampleRuns.done(0, 197), SampleRuns.at(20));

        assertThat(told(new BurstLimits(6, 50, "v1", null).place(run, NOW))).isEqualTo("cluster");
    }

    @Test
    void onlyTheFirstDecisionOfAnExecutionHolds() {
        Run placed = SampleRuns.pending().place(new Location.Burst(NOW, 3, "v1"));

        assertThat(placed.place(new Location.Cluster(null))).isEqualTo(placed);
    }

    @Test
    void whoFallsBackHasHadNoMessages() {
        Run run = SampleRuns.pending()
                .place(new Location.Burst(NOW, 3, "v1"))
                .start(SampleRuns.at(10))
                .dispatched(Dispatch.ALL, SampleRuns.at(10));

        Run back = run.fallBack("no pod came", SampleRuns.at(70));

        assertThat(back.needsDispatch()).isTrue();
        assertThat(back.location())
                .isEqualTo(new Location.FellBack(SampleRuns.at(70).instant(), "no pod came"));
    }

    @Test
    void virtualNodesHaveNoGpus() {
        assertThat(new RunSpec.Placement(2, Burst.ALWAYS, "K80", 1).isContradictory())
                .isTrue();
        assertThat(new RunSpec.Placement(2, Burst.BY_SIZE, "K80", 1).isContradictory())
                .isFalse();
        assertThat(new RunSpec.Placement(2, Burst.ALWAYS, null, 0).isContradictory())
                .isFalse();
    }

    private static Run run(int items, Burst wish, String gpu) {
        RunSpec.Placement placement = new RunSpec.Placement(2, wish, gpu, gpu == null ? 0 : 1);
        RunSpec spec = new RunSpec("calculator", SampleRuns.parts(items), null, placement, null);
        return Run.submitted(SampleRuns.ID, spec, SampleRuns.SUBMITTED);
    }

    private static String told(Location location) {
        return switch (location) {
            case Location.Cluster c -> "cluster" + (c.reason() == null ? "" : ": " + c.reason());
            case Location.Burst b -> "burst " + b.parallelism() + " on " + b.nodes();
            default -> location.toString();
        };
    }
}
