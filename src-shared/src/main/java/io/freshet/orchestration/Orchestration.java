package io.freshet.orchestration;

import java.util.Optional;

/**
 * A sequence of steps, each computed by many workers: the gateway asks it for the name, the watcher for what comes next, a
 * worker for the reducer. Implement it in a jar that {@code META-INF/services} describes to {@link java.util.ServiceLoader},
 * or, built in, as an {@code @ApplicationScoped} bean.
 *
 * <p>A decision may be asked for more than once and has to be the same each time: it depends on its arguments alone, and
 * has no effect but its answer.
 */
public interface Orchestration {
    /** Steps that one instance may have. */
    int MAX_STEPS = 10;

    /** As clients call it, in any case. */
    String name();

    /**
     * What comes first. An {@link IllegalArgumentException} refuses the client's input with its text before anything is
     * started; any other exception fails the instance.
     */
    Next begin(Start start);

    /** What comes after a step, or after an event or its time-out. By default that is the end, with what came. */
    default Next next(Moment moment) {
        return Next.complete(moment.value());
    }

    /**
     * Whether an event of this name, in any case, only says that a step has another output: then the engine looks for it
     * in storage, and the event is not kept. Nothing is ever counted by events.
     */
    default boolean isHint(String event) {
        return false;
    }

    /**
     * Makes one value of all outputs of a step; without one, the outputs are left as they are.
     *
     * @param step 1-based
     * @return a new one at each call
     */
    default Optional<Reducer> reducer(int step) {
        return Optional.empty();
    }
}
