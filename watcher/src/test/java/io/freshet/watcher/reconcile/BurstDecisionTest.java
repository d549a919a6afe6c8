package io.freshet.watcher.reconcile;

import io.freshet.watcher.reconcile.BurstDecision.FallBack;
import io.freshet.watcher.reconcile.BurstDecision.Judge;
import io.freshet.watcher.reconcile.BurstDecision.Lower;
import io.freshet.watcher.reconcile.BurstObservation.Absent;
import io.freshet.watcher.reconcile.BurstObservation.Active;
import io.freshet.watcher.reconcile.BurstObservation.Ended;
import io.freshet.watcher.reconcile.BurstObservation.Leaving;
import io.freshet.watcher.reconcile.BurstObservation.Pod;
import io.freshet.watcher.reconcile.BurstObservation.Stage;
import io.freshet.watcher.reconcile.BurstObservation.Suspended;
import io.freshet.watcher.reconcile.BurstObservation.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class BurstDecisionTest {

    /** Pods by their first letters: R(unning), C(oming), S(ucceeded), P(rovider refused), X crashed, L(ost). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            4 | -        | false | Wait
            4 | -        | true  | FallBack[reason=null, refused=false]
            4 | CCCC     | false | Wait
            4 | CCCC     | true  | FallBack[reason=COMING, refused=false]
            4 | RRRR     | false | Keep
            4 | RRRR     | true  | Keep
            4 | RRCC     | false | Wait
            4 | RRCC     | true  | Lower[pods=2, reason=COMING, refused=false]
            4 | RR       | true  | Lower[pods=2, reason=no pod, refused=false]
            4 | PPPP     | false | FallBack[reason=REFUSED, refused=true]
            4 | RRPP     | false | Lower[pods=2, reason=REFUSED, refused=true]
            4 | CCPPP    | false | Lower[pods=2, reason=REFUSED, refused=true]
            2 | RRPPP    | false | Keep
            2 | CCPPP    | false | Wait
            4 | RSSS     | true  | Keep
            4 | SSSS     | false | Judge[worked=true, reason=null]
            4 | SSSC     | false | Wait
            4 | SSSC     | true  | Judge[worked=true, reason=null]
            4 | SSSL     | false | Judge[worked=true, reason=null]
            4 | LLLL     | false | Judge[worked=true, reason=NodeLost]
            4 | RRLL     | false | Wait
            4 | RRLL     | true  | Lower[pods=2, reason=no pod, refused=false]
            4 | CCLL     | false | Wait
            2 | XX       | false | Wait
            2 | XXX      | false | FallBack[reason=CRASHED, refused=false]
            2 | XXXC     | false | FallBack[reason=CRASHED, refused=false]
            2 | XXXRR    | false | Keep
            4 | XXX      | false | Wait
            """)
    void podsTellWhatIsToBeDone(int wanted, String pods, boolean overdue, String decision) {
        assertThat(BurstDecision.of(job(wanted, pods), overdue))
                .hasToString(decision.replace("Wait", "Wait[]").replace("Keep", "Keep[]"));
    }

    @Test
    void aJobThatIsNotThereIsMadeHoweverLongItHasBeenMissing() {
        assertThat(BurstDecision.of(new Absent(), false)).isEqualTo(BurstDecision.CREATE);
        assertThat(BurstDecision.of(new Absent(), true)).isEqualTo(BurstDecision.CREATE);
    }

    @Test
    void aClusterThatDoesNotAnswerIsWaitedForAndNotForEver() {
        assertThat(BurstDecision.of(new Unknown(), false)).isEqualTo(BurstDecision.WAIT);
        assertThat(BurstDecision.of(new Unknown(), true)).isInstanceOf(FallBack.class);
    }

    @Test
    void whatIsBeingRemovedIsWaitedForAndWhatIsSuspendedGoesOn() {
        assertThat(BurstDecision.of(new Leaving(), true)).isEqualTo(BurstDecision.WAIT);
        assertThat(BurstDecision.of(new Suspended(), false)).isEqualTo(BurstDecision.RESUME);
    }

    @Test
    void aJobThatHasEndedSaysNothingOfTheRun() {
        assertThat(BurstDecision.of(new Ended(true, null), false)).isEqualTo(new Judge(true, null));
        assertThat(BurstDecision.of(new Ended(false, "DeadlineExceeded"), true))
                .isEqualTo(new Judge(false, "DeadlineExceeded"));
    }

    @Test
    void lessThanWasWantedIsStillLess() {
        assertThat(BurstDecision.of(job(3, "RRP"), false)).isEqualTo(new Lower(2, "REFUSED", true));
    }

    private static Active job(int wanted, String pods) {
        List<Pod> all = new ArrayList<>();
        for (char pod : (pods == null ? "" : pods).toCharArray()) {
            Stage stage = stage(pod);
            all.add(new Pod(stage, stage == Stage.RUNNING || stage == Stage.SUCCEEDED ? null : stage.name()));
        }
        return new Active(wanted, all);
    }

    private static Stage stage(char letter) {
        return switch (letter) {
            case 'R' -> Stage.RUNNING;
            case 'C' -> Stage.COMING;
            case 'S' -> Stage.SUCCEEDED;
            case 'P' -> Stage.REFUSED;
            case 'X' -> Stage.CRASHED;
            case 'L' -> Stage.LOST;
            default -> throw new IllegalArgumentException(String.valueOf(letter));
        };
    }
}
