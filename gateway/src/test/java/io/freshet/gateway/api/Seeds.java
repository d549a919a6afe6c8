package io.freshet.gateway.api;

import io.freshet.items.PartLayout;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.Items;
import io.freshet.run.Items.RunInput;
import io.freshet.run.Run;
import io.freshet.run.RunIds;
import io.freshet.run.RunSpec;
import io.freshet.storage.RunFiles;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.UnaryOperator;

import static io.freshet.gateway.api.Lab.now;

/** Runs as the gateway, the workers and the watcher would leave them. A part has ten lines. */
final class Seeds {
    static final int LINES_PER_PART = 10;
    private static final RunSpec.Placement CLUSTER = new RunSpec.Placement(2, RunSpec.Burst.BY_SIZE, null, 0);

    private final Lab lab;
    private final Clock clock = Clock.systemUTC();
    private final RunIds ids =
            new RunIds(clock, bound -> ThreadLocalRandom.current().nextInt(bound));

    Seeds(Lab lab) {
        this.lab = lab;
    }

    Run pending(int parts) {
        return released(spec(null, CLUSTER, parts));
    }

    Run running(int parts) {
        return change(pending(parts), run -> run.start(clock));
    }

    Run suspended(int parts) {
        return change(running(parts), run -> run.suspend(clock));
    }

    Run canceled(int parts) {
        return change(running(parts), run -> run.cancel("a reason to cancel", clock));
    }

    /** Every part is done, its output is the text at its place, and nothing is merged yet. */
    Run finalizing(String... outputs) {
        Run run = running(outputs.length);
        for (int part = 1; part <= outputs.length; part++) {
            done(run, part, outputs[part - 1]);
        }
        return change(run, r -> r.settle(clock));
    }

    Run complete(String... outputs) {
        Run run = finalizing(outputs);
        lab.put(RunFiles.results(run.id()), String.join("", outputs));
        return change(run, r -> r.end(clock));
    }

    /** Part 1 is done, part 2 failed for good. */
    Run completeWithErrors(String output) {
        Run run = running(2);
        done(run, 1, output);
        failed(run, 2, "exit code 3");
        lab.put(RunFiles.results(run.id()), output);
        return change(run, r -> r.settle(clock).end(clock));
    }

    Run failed() {
        Run run = running(1);
        failed(run, 1, "exit code 3");
        return change(run, r -> r.settle(clock).end(clock));
    }

    Run deleted(int parts) {
        return change(running(parts), run -> run.delete(clock));
    }

    Run released(RunSpec spec) {
        now(lab.blobs().ensureContainer());
        Run run = Run.submitted(ids.next(), spec, clock.instant());
        now(lab.store().markActive(run.id()));
        now(lab.store().create(run));
        return run;
    }

    static RunSpec spec(String name, RunSpec.Placement placement, int parts) {
        RunInput input = new RunInput.Uploaded("an-etag");
        Items items = new Items.Parts(input, LINES_PER_PART, (long) parts * LINES_PER_PART, parts * 1000L);
        return new RunSpec("calculator", items, name, placement, null);
    }

    Run done(Run run, int part, String output) {
        lab.put(PartLayout.outputName(run.id(), part - 1), output);
        return settled(run, new ItemOutcome.Done(part - 1, new Tally(LINES_PER_PART, 0)));
    }

    /** A done part with one rejected line. */
    Run doneWithErrors(Run run, int part, String errors) {
        lab.put(PartLayout.outputName(run.id(), part - 1), "");
        lab.put(PartLayout.errorsName(run.id(), part - 1), errors);
        return settled(run, new ItemOutcome.Done(part - 1, new Tally(LINES_PER_PART, 1)));
    }

    Run failed(Run run, int part, String reason) {
        return settled(run, new ItemOutcome.Failed(part - 1, reason));
    }

    Run settle(Run run) {
        return change(run, r -> r.settle(clock));
    }

    Run end(Run run) {
        return change(run, r -> r.end(clock));
    }

    Run change(Run run, UnaryOperator<Run> change) {
        return now(lab.store().update(run.id(), change));
    }

    private Run settled(Run run, ItemOutcome outcome) {
        return change(run, r -> r.apply(List.of(outcome), clock));
    }
}
