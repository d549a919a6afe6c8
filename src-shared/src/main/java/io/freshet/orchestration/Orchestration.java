package io.freshet.orchestration;

import java.util.Optional;

/**
 * A sequence of steps, each computed by many workers. The gateway asks it for its name, the watcher for what comes
 * next, a worker for the reducer. Implement it in a jar that {@code META-INF/services} describes to {@link
 * java.util.ServiceLoader}, or, built in, as an {@code @ApplicationScoped} bean.
 *
 * <p>A decision may be requested more than once and must be the same each time: it depends only on its arguments and
 * has no side effects.
 */
public interface Orchestration {
    /** Maximum number of steps of an instance. */
    int MAX_STEPS = 10;

    /** The name used by clients, case-insensitive. */
    String name();

    /**
     * The first decision. An {@link IllegalArgumentException} rejects the client's input, with its message, before
     * anything is started; any other exception fails the instance.
     */
    Next begin(Start start);

    /** The decision after a step, an event, or a time-out. By default the instance completes with what arrived. */
    default Next next(Moment moment) {
        return Next.complete(moment.value());
    }

    /**
     * Whether an event of this name (case-insensitive) only announces another output of a step: then the engine checks
     * storage, and the event is not kept. Events are never counted.
     */
    default boolean isHint(String event) {
        return false;
    }

    /**
     * Reduces all outputs of a step to one value; without a reducer the outputs are left as they are.
     *
     * @param step 1-based
     * @return a new reducer for each call
     */
    default Optional<Reducer> reducer(int step) {
        return Optional.empty();
    }
}
