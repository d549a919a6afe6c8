package io.freshet.orchestration;

import jakarta.enterprise.context.ApplicationScoped;

import java.util.Optional;

/** One step over the requested inputs, and the sum of the results. */
@ApplicationScoped
public class ComputeOrchestrator implements Orchestration {
    private static final String FUNCTION = "sum";
    /** Raised by a function of the original for each output. */
    private static final String OUTPUT = "ComputeComplete";

    @Override
    public String name() {
        return "ComputeOrchestrator";
    }

    @Override
    public Next begin(Start start) {
        return Next.fanOut(FUNCTION, start.inputs());
    }

    @Override
    public Next next(Moment moment) {
        return Next.complete(
                moment.step() == null ? moment.value() : moment.step().json());
    }

    @Override
    public boolean isHint(String event) {
        return OUTPUT.equalsIgnoreCase(event);
    }

    @Override
    public Optional<Reducer> reducer(int step) {
        return Optional.of(new Sum());
    }
}
