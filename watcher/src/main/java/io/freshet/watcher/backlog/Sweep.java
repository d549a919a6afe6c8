package io.freshet.watcher.backlog;

import io.freshet.run.RunId;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** One sweep over all active runs. */
final class Sweep {
    private final long begun;
    private final Set<RunId> before;
    private final Set<RunId> active = ConcurrentHashMap.newKeySet();
    private volatile @Nullable RuntimeException missed;

    /**
     * @param begun start by a monotonic clock
     * @param before runs that were known then
     */
    Sweep(long begun, Collection<RunId> before) {
        this.begun = begun;
        this.before = Set.copyOf(before);
    }

    void found(RunId run) {
        active.add(run);
    }

    /** A run could not be read. */
    void missed(Throwable why) {
        missed = why instanceof RuntimeException e ? e : new IllegalStateException(why);
    }

    long begun() {
        return begun;
    }

    boolean isComplete() {
        return missed == null;
    }

    void requireComplete() {
        RuntimeException why = missed;
        if (why != null) {
            throw why;
        }
    }

    Set<RunId> active() {
        return Set.copyOf(active);
    }

    /** Runs that were known before and are no longer active. Newer runs may have been marked after the sweep passed. */
    Set<RunId> gone() {
        Set<RunId> gone = new HashSet<>(before);
        gone.removeAll(active);
        return gone;
    }
}
