package io.freshet.watcher.instances;

import com.fasterxml.jackson.databind.node.NullNode;
import io.freshet.instance.Inputs;
import io.freshet.orchestration.Moment;
import io.freshet.orchestration.Next;
import io.freshet.orchestration.Orchestration;
import io.freshet.orchestration.Reducer;
import io.freshet.orchestration.Start;
import io.freshet.orchestration.Sum;

import java.util.List;
import java.util.Optional;

/** A step over the inputs, an event, and a step over the sum of the first and twice that. */
public final class TwoSteps implements Orchestration {
    @Override
    public String name() {
        return "TwoSteps";
    }

    @Override
    public Next begin(Start start) {
        return Next.fanOut("sum", start.inputs());
    }

    @Override
    public Next next(Moment moment) {
        if (moment.steps() == 2) {
            return Next.complete(moment.value());
        }
        if (moment.step() != null) {
            return Next.waitFor("Go").keeping(moment.value());
        }
        String sum =
                moment.kept().equals(NullNode.instance) ? "0" : moment.kept().toString();
        return Next.fanOut("sum", new Inputs.Given(List.of("[" + sum + "]", "[" + sum + "," + sum + "]")));
    }

    @Override
    public Optional<Reducer> reducer(int step) {
        return Optional.of(new Sum());
    }
}
