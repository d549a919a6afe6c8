package io.freshet.run;

import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Items.RunInput;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Runs in every state, reached the legal way. All have {@value #ITEMS} items of ten lines. */
public final class SampleRuns {
    public static final RunId ID = new RunId("2026-11", "8405256245329624086");
    public static final Instant SUBMITTED = Instant.parse("2026-11-22T10:00:00Z");
    public static final int ITEMS = 4;
    private static final int LINES_PER_ITEM = 10;

    private SampleRuns() {}

    /** A clock that stands so many seconds after the submission. */
    public static Clock at(long seconds) {
        return Clock.fixed(SUBMITTED.plusSeconds(seconds), ZoneOffset.UTC);
    }

    public static RunSpec spec() {
        RunSpec.Placement placement = new RunSpec.Placement(2, RunSpec.Burst.BY_SIZE, null, 0);
        return new RunSpec("calculator", parts(ITEMS), null, placement, null);
    }

    /** So many parts of ten lines. */
    public static Items.Parts parts(int count) {
        return new Items.Parts(new RunInput.Uploaded("\"0x1\""), LINES_PER_ITEM, (long) count * LINES_PER_ITEM, 1_000);
    }

    /** A run of so many items that has just been released. */
    public static Run pending(int items) {
        RunSpec spec = spec();
        return Run.submitted(ID, new RunSpec(spec.handler(), parts(items), null, spec.placement(), null), SUBMITTED);
    }

    public static Run pending() {
        return pending(ITEMS);
    }

    public static Run running() {
        return pending().start(at(10));
    }

    public static Run suspended() {
        return running().suspend(at(20));
    }

    public static Run finalizing() {
        return running().apply(done(0, ITEMS), at(30)).settle(at(31));
    }

    public static Run completed() {
        return finalizing().end(at(40));
    }

    /** Item 3 has failed. */
    public static Run completedWithErrors() {
        return running()
                .apply(done(0, ITEMS - 1), at(30))
                .apply(List.of(failed(ITEMS - 1)), at(31))
                .settle(at(32))
                .end(at(40));
    }

    public static Run failed() {
        List<ItemOutcome> all = new ArrayList<>();
        IntStream.range(0, ITEMS).mapToObj(SampleRuns::failed).forEach(all::add);
        return running().apply(all, at(30)).settle(at(31)).end(at(40));
    }

    public static Run canceled() {
        return running().cancel("canceled by a user", at(30));
    }

    /** One run in each state. */
    public static List<Run> inEveryState() {
        return List.of(
                pending(),
                running(),
                suspended(),
                finalizing(),
                completed(),
                completedWithErrors(),
                failed(),
                canceled());
    }

    public static ItemOutcome.Done done(int item) {
        return new ItemOutcome.Done(item, new Tally(LINES_PER_ITEM, 0));
    }

    /** Items {@code [from, to)}, each with one rejected line. */
    public static List<ItemOutcome> done(int from, int to) {
        return IntStream.range(from, to)
                .<ItemOutcome>mapToObj(item -> new ItemOutcome.Done(item, new Tally(LINES_PER_ITEM, 1)))
                .toList();
    }

    public static ItemOutcome.Failed failed(int item) {
        return new ItemOutcome.Failed(item, "reason " + item);
    }
}
