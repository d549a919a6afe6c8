package io.freshet.gateway.durable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.freshet.instance.Inputs;
import io.freshet.orchestration.Moment;
import io.freshet.orchestration.Next;
import io.freshet.orchestration.Orchestration;
import io.freshet.orchestration.Start;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.function.Function;

/** The orchestrators of the recording, as far as they have a counterpart. */
@Alternative
@Singleton
final class RecordedOrchestrations {
    private static final Inputs ONE = new Inputs.Generated(1);

    private record Small(String name, Function<Start, Next> first, Function<Moment, Next> then)
            implements Orchestration {
        @Override
        public Next begin(Start start) {
            return first.apply(start);
        }

        @Override
        public Next next(Moment moment) {
            return then.apply(moment);
        }
    }

    private static Orchestration small(String name, Function<Start, Next> first) {
        return new Small(name, first, moment -> Next.complete(moment.value()));
    }

    @Produces
    @Singleton
    Orchestration echo() {
        return small("Echo", start -> Next.complete(start.input()));
    }

    @Produces
    @Singleton
    Orchestration failing() {
        return small("FailingOrchestrator", start -> Next.fanOut("Break", ONE));
    }

    @Produces
    @Singleton
    Orchestration flaky() {
        return small("FlakyOrchestrator", start -> Next.fanOut("BreakOnce", ONE));
    }

    @Produces
    @Singleton
    Orchestration throwing() {
        return small("ThrowingOrchestrator", start -> {
            throw new IllegalStateException("the orchestrator itself is broken");
        });
    }

    @Produces
    @Singleton
    Orchestration waiting() {
        return small("WaitForEvent", start -> Next.waitFor("Go"));
    }

    @Produces
    @Singleton
    Orchestration waitingForAnOddOne() {
        return small("WaitForOddEvent", start -> Next.waitFor(start.input().asText()));
    }

    @Produces
    @Singleton
    Orchestration waitingForTwo() {
        return new Small("WaitForTwoEvents", start -> Next.waitFor("Go"), moment -> {
            ArrayNode both = JsonNodeFactory.instance.arrayNode();
            return moment.kept().isNull()
                    ? Next.waitFor("Go").keeping(moment.value())
                    : Next.complete(both.add(moment.kept()).add(moment.value()));
        });
    }

    /** A wait in vain is the timer. */
    @Produces
    @Singleton
    Orchestration lasting() {
        return new Small(
                "LongOrchestrator",
                start -> Next.waitFor(
                        "nothing that comes", Duration.ofSeconds(start.input().asInt(600))),
                moment -> Next.complete(TextNode.valueOf("done")));
    }

    @Produces
    @Singleton
    Orchestration showing() {
        return new Small(
                "CustomStatus",
                start -> Next.waitFor("Go").showing(start.input()),
                moment -> Next.complete(TextNode.valueOf("gone")));
    }

    /** Each of its activities is a step of one item. */
    @Produces
    @Singleton
    Orchestration computing() {
        return new Small("ComputeOrchestrator", start -> compute(items(start), 0, 0), moment -> {
            int waited = moment.kept().asInt() + (moment.step() == null ? 1 : 0);
            return compute(items(moment.start()), moment.steps(), waited);
        });
    }

    private static Next compute(int items, int steps, int waited) {
        Next next = steps < items
                ? Next.fanOut("WriteItem", ONE)
                : waited < items ? Next.waitFor("ComputeComplete") : Next.complete(IntNode.valueOf(items));
        JsonNode status = JsonNodeFactory.instance
                .objectNode()
                .put("stage", waited < items ? "computing" : "done")
                .put("items", items)
                .put("done", waited);
        return next.showing(status).keeping(IntNode.valueOf(waited));
    }

    private static int items(Start start) {
        JsonNode input = start.input();
        JsonNode count = input.isNumber() ? input : input.path("inputCount");
        return input.isArray() ? input.size() : count.asInt();
    }
}
