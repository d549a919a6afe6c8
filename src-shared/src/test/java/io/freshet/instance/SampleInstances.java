package io.freshet.instance;

import io.freshet.instance.Position.InStep;
import io.freshet.run.RunId;

import java.time.Instant;
import java.util.List;

/** An instance in every state that it can be in. */
public final class SampleInstances {
    public static final Instant T0 = Instant.parse("2026-11-27T18:00:00.123456Z");
    public static final InstanceId ID = new InstanceId("größe 7");
    static final RunId RUN = RunId.parse("2026-11-8204547905476472157");

    private SampleInstances() {}

    public static Instance pending() {
        return started(ID, "one");
    }

    public static Instance started(InstanceId id, String token) {
        Instance.Request request = new Instance.Request("Compute", "2.0", "{\"a\":1}", new Inputs.Stored("lines/x", 3));
        return Instance.started(id, request, new Instance.Execution(token, 0), T0);
    }

    public static Instance inStep(Inputs inputs) {
        return pending().step(new InStep(1, RUN, 1, new Position.Step("sum", inputs)), later(1));
    }

    public static Instance inStep() {
        return inStep(new Inputs.Generated(4));
    }

    public static Instance waiting() {
        return pending().waiting(new Position.Waiting(0, "Go", later(60)), later(1));
    }

    public static Instance undecided() {
        return inStep().stepCompleted("{\"total\":4}", "10", later(2));
    }

    public static Instance received() {
        return waiting().received(new RaisedEvent("events/b", "Go", "\"x\"", later(1)), later(2));
    }

    public static Instance suspended() {
        return inStep().suspend("hold on", later(2));
    }

    public static Instance resumed() {
        return suspended().resume("go on", later(3));
    }

    public static Instance completed() {
        return undecided().showing("{\"s\":1}", "[2]").completed("10", later(3));
    }

    public static Instance failed() {
        return inStep().stepFailed(new HistoryEvent.Failure("item 7 is broken", "item 7: is broken"), later(2));
    }

    public static Instance terminated() {
        return inStep().terminate("stop it", later(2));
    }

    public static List<Instance> all() {
        return List.of(
                pending(),
                inStep(),
                inStep(new Inputs.Given(List.of("1", "[2]"))),
                inStep(new Inputs.Existing("input/x/")),
                inStep(new Inputs.Stored("lines/x", 2)),
                waiting(),
                undecided(),
                received(),
                suspended(),
                resumed(),
                completed(),
                failed(),
                failed().rewind("again", later(3)),
                terminated(),
                terminated().released());
    }

    static Instant later(int seconds) {
        return T0.plusSeconds(seconds);
    }
}
