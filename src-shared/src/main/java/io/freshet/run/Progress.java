package io.freshet.run;

import io.freshet.run.ItemOutcome.Tally;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Which items are settled, and their totals. Kept as sets, never as counts, so applying an outcome twice changes
 * nothing.
 *
 * @param done items whose output is committed
 * @param failed items that failed for good
 * @param withErrors done items with rejected lines
 * @param tally totals of the done items
 * @param failures the first failed items with their reasons, at most {@value #KEPT_FAILURES}; {@code failed} has them
 *     all, and every reason is kept with its item
 */
public record Progress(
        ItemSet done, ItemSet failed, ItemSet withErrors, Tally tally, List<ItemOutcome.Failed> failures) {
    private static final int KEPT_FAILURES = 100;

    public static final Progress NONE =
            new Progress(ItemSet.EMPTY, ItemSet.EMPTY, ItemSet.EMPTY, Tally.NONE, List.of());

    public Progress {
        failures = List.copyOf(failures);
    }

    /** This progress with the new outcomes applied; {@code this} if none is new. */
    public Progress plus(List<? extends ItemOutcome> outcomes) {
        Additions added = new Additions();
        outcomes.forEach(added::add);
        return added.isEmpty() ? this : added.result();
    }

    public int settled() {
        return done.size() + failed.size();
    }

    /** The same progress without failures, for rerunning the failed items. */
    public Progress withoutFailures() {
        return new Progress(done, ItemSet.EMPTY, withErrors, tally, List.of());
    }

    private final class Additions {
        private final BitSet newlyDone = new BitSet();
        private final BitSet newlyFailed = new BitSet();
        private final BitSet newlyWithErrors = new BitSet();
        private final List<ItemOutcome.Failed> failuresNow = new ArrayList<>(failures);
        private Tally tallyNow = tally;

        void add(ItemOutcome outcome) {
            switch (outcome) {
                case ItemOutcome.Done d when !isDone(d.item()) -> addDone(d);
                case ItemOutcome.Failed f when !isDone(f.item()) && !isFailed(f.item()) -> addFailed(f);
                default -> {}
            }
        }

        private boolean isDone(int item) {
            return done.contains(item) || newlyDone.get(item);
        }

        private boolean isFailed(int item) {
            return failed.contains(item) || newlyFailed.get(item);
        }

        private void addDone(ItemOutcome.Done d) {
            newlyDone.set(d.item());
            failuresNow.removeIf(failure -> failure.item() == d.item());
            tallyNow = tallyNow.plus(d.tally());
            if (d.tally().rejectedLines() > 0) {
                newlyWithErrors.set(d.item());
            }
        }

        private void addFailed(ItemOutcome.Failed f) {
            newlyFailed.set(f.item());
            if (failuresNow.size() < KEPT_FAILURES) {
                failuresNow.add(f);
            }
        }

        boolean isEmpty() {
            return newlyDone.isEmpty() && newlyFailed.isEmpty();
        }

        Progress result() {
            ItemSet doneNow = done.plus(ItemSet.collect(newlyDone.stream()));
            // a late output overrides an earlier failure
            ItemSet failedNow =
                    failed.plus(ItemSet.collect(newlyFailed.stream())).minus(doneNow);
            ItemSet errorsNow = withErrors.plus(ItemSet.collect(newlyWithErrors.stream()));
            return new Progress(doneNow, failedNow, errorsNow, tallyNow, failuresNow);
        }
    }
}
