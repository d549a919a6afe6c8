package io.freshet.gateway.dashboard;

import io.freshet.instance.Instance;
import io.freshet.run.Run;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * What there is of a run under the id that clients know.
 *
 * @param instance whose step it is, if it is one's
 * @param run absent before the first step, and when it is gone
 * @param version of the run's document; "" without one
 */
record RunLook(Optional<Instance> instance, Optional<Run> run, String version) {
    static final RunLook NOTHING = new RunLook(Optional.empty(), Optional.empty(), "");

    /** Only if this owner's; null for everybody's. */
    RunLook ifOf(@Nullable String wanted) {
        return wanted == null || wanted.equals(owner()) ? this : NOTHING;
    }

    /** Who has submitted or started it. */
    private @Nullable String owner() {
        return instance.map(i -> i.request().owner())
                .or(() -> run.map(r -> r.spec().owner()))
                .orElse(null);
    }

    boolean isNothing() {
        return instance.isEmpty() && run.isEmpty();
    }
}
