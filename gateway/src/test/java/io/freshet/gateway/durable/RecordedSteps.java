package io.freshet.gateway.durable;

import com.fasterxml.jackson.databind.node.TextNode;
import io.freshet.coordination.StepRuns;
import io.freshet.instance.HistoryEvent.Failure;
import io.freshet.instance.Instance;
import io.freshet.instance.Position.InStep;
import io.freshet.orchestration.StepSummary;
import io.freshet.run.RunId;
import io.smallrye.mutiny.Uni;

/** The activities of the recording, in the place of the engine. */
final class RecordedSteps implements StepRuns {

    @Override
    public Uni<StepState> advance(Instance instance, InStep step) {
        return Uni.createFrom().item(() -> switch (step.step().function()) {
            case "WriteItem" -> computed("item-" + (step.number() - 1));
            case "BreakOnce" -> step.generation() == 1 ? broken("not the first time") : computed("mended");
            case "Break" -> broken("item 7 is broken");
            default -> throw new AssertionError(step.step().function());
        });
    }

    private static StepState computed(String value) {
        return new StepState.Computed(new StepSummary(1, "output/x/", TextNode.valueOf(value)), null);
    }

    private static StepState broken(String reason) {
        return new StepState.Broken(new Failure(reason, "…"), null);
    }

    @Override
    public Uni<Void> suspend(RunId run) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> remove(RunId run) {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Void> cancel(RunId run) {
        return Uni.createFrom().voidItem();
    }
}
