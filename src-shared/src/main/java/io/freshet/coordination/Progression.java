package io.freshet.coordination;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import io.freshet.instance.Instance;
import io.freshet.instance.Position;
import io.freshet.instance.Position.InStep;
import io.freshet.instance.Position.Undecided;
import io.freshet.instance.Position.Waiting;
import io.freshet.orchestration.Moment;
import io.freshet.orchestration.Next;
import io.freshet.orchestration.Orchestration;
import io.freshet.orchestration.Start;
import io.freshet.orchestration.StepSummary;
import io.freshet.run.RunId;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;

/** Applies an orchestration's decisions to an instance; pure except for the clock and the ids of new runs. */
public final class Progression {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FIRST = 1;

    private final Clock clock;
    private final Supplier<RunId> runs;

    public Progression(Clock clock, Supplier<RunId> runs) {
        this.clock = clock;
        this.runs = runs;
    }

    /** What the client of an instance started it with. */
    public static Start start(Instance instance) {
        String input = instance.request().input();
        return new Start(
                instance.id().text(),
                input == null || input.isEmpty() ? NullNode.instance : parse(input),
                instance.request().lines());
    }

    /** Asks the orchestration if a decision is due; otherwise returns the instance unchanged. */
    public Instance decide(Instance instance, Orchestration orchestration) {
        return switch (instance.position()) {
            case Position.NotBegun p
            when instance.isActive() -> decided(instance, 0, () -> orchestration.begin(start(instance)));
            case Undecided p
            when instance.isActive() -> decided(instance, p.steps(), () -> orchestration.next(moment(instance, p)));
            default -> instance;
        };
    }

    /** A step has been computed, and the orchestration is asked. */
    public Instance computed(Instance instance, Orchestration orchestration, StepSummary summary) {
        JsonNode result = summary.value().isNull() ? summary.json() : summary.value();
        return decide(
                instance.stepCompleted(summary.json().toString(), result.toString(), clock.instant()), orchestration);
    }

    /** This service has not loaded the instance's orchestration. */
    public Instance unknown(Instance instance) {
        return instance.orchestrationFailed(
                "The function '" + instance.request().name() + "' doesn't exist, is disabled, or is not an orchestrator"
                        + " function.",
                clock.instant());
    }

    private Instance decided(Instance instance, int steps, Supplier<Next> decision) {
        Next next;
        try {
            next = decision.get();
        } catch (RuntimeException e) {
            return instance.orchestrationFailed(reason(e), clock.instant());
        }
        String shown = next.customStatus() == null
                ? instance.values().customStatus()
                : next.customStatus().toString();
        String kept =
                next.kept() == null ? instance.values().kept() : next.kept().toString();
        return apply(instance.showing(shown, kept), steps, next.action());
    }

    private Instance apply(Instance instance, int steps, Next.Action action) {
        Instant now = clock.instant();
        return switch (action) {
            case Next.FanOut a
            when steps >= Orchestration.MAX_STEPS ->
                instance.orchestrationFailed("An orchestration has at most " + Orchestration.MAX_STEPS + " steps", now);
            case Next.FanOut a ->
                instance.step(
                        new InStep(steps + 1, runs.get(), FIRST, new Position.Step(a.function(), a.inputs())), now);
            case Next.WaitFor a ->
                instance.waiting(
                        new Waiting(steps, a.event(), a.timeout() == null ? null : now.plus(a.timeout())), now);
            case Next.Complete a ->
                instance.completed(a.output().isNull() ? null : a.output().toString(), now);
            case Next.Fail a -> instance.orchestrationFailed(a.reason(), now);
        };
    }

    private static Moment moment(Instance instance, Undecided position) {
        JsonNode cause = parse(position.cause());
        String kept = instance.values().kept();
        return new Moment(
                start(instance),
                position.steps(),
                cause.has("step") ? StepSummary.read(cause.path("step")) : null,
                cause.has("event") ? cause.path("event") : null,
                kept == null ? NullNode.instance : parse(kept));
    }

    private static String reason(RuntimeException e) {
        @Nullable String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    /** Progress of a step, as clients see it in {@code customStatus}. */
    static String json(StepRuns.Progress progress) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("completed", progress.completed())
                .put("failed", progress.failed())
                .put("total", progress.total())
                .put("itemsPerSecond", progress.itemsPerSecond())
                .toString();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An instance contains invalid JSON", e);
        }
    }
}
