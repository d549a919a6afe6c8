package io.freshet.system.fault;

import io.freshet.harness.fault.Fault;
import io.freshet.harness.fault.Fault.Ending;
import io.freshet.harness.fault.FaultPlan;
import io.freshet.harness.fault.StorageRequest;

import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Now and then a request of one service goes wrong; in bad times all of them do. */
public final class RandomFaults implements FaultPlan {
    private static final Set<String> NEED_SPACE =
            Set.of("PutBlob", "PutBlock", "PutBlockList", "PutBlockFromURL", "PutMessage", "SetBlobMetadata");
    private static final int PER_MILLE = 1_000;
    private static final Fault FULL = Fault.answer(500, "InternalError");

    private final Random random;
    private final Map<String, Integer> tally;
    private volatile boolean quiet;
    private volatile boolean diskFull;
    private volatile boolean slow;

    /** @param tally counts what was done, by kind */
    public RandomFaults(long seed, Map<String, Integer> tally) {
        this.random = new Random(seed);
        this.tally = tally;
    }

    public void quiet() {
        quiet = true;
        diskFull = false;
        slow = false;
    }

    public void diskFull(boolean now) {
        diskFull = now;
    }

    public void slow(boolean now) {
        slow = now;
    }

    @Override
    public Fault choose(StorageRequest request) {
        if (quiet) {
            return Fault.NONE;
        }
        if (diskFull && NEED_SPACE.contains(request.operation())) {
            return counted("disk full", FULL);
        }
        if (slow) {
            return counted("slow", Fault.delay(Duration.ofMillis(100)));
        }
        return fault(roll());
    }

    private synchronized int roll() {
        return random.nextInt(PER_MILLE);
    }

    private Fault fault(int roll) {
        if (roll < 8) {
            return counted("answer lost", Fault.ending(Ending.RESET));
        }
        if (roll < 12) {
            return counted("reset", Fault.RESET);
        }
        if (roll < 18) {
            return counted("500", Fault.answer(500, "InternalError"));
        }
        if (roll < 22) {
            return counted("503", Fault.busy(1));
        }
        if (roll < 27) {
            return counted("late", Fault.delay(Duration.ofMillis(400)));
        }
        if (roll < 33) {
            return counted("twice", Fault.twice());
        }
        return roll < 36 ? counted("truncated", Fault.ending(Ending.TRUNCATED)) : Fault.NONE;
    }

    private Fault counted(String kind, Fault fault) {
        tally.merge(kind, 1, Integer::sum);
        return fault;
    }
}
