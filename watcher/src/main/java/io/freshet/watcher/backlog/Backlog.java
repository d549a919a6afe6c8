package io.freshet.watcher.backlog;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.freshet.storage.RunStore.Look;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * What is still to be done, by run. What this watcher writes and looks at is known at once; what others do is found by a
 * sweep over the runs that are looked after, which reads those documents alone that have changed. So several watchers
 * agree within the time between two sweeps, and a run that is gone does not stay.
 */
@Singleton
public final class Backlog {
    private static final RunLog LOG = RunLog.of(Backlog.class);
    private static final int READS_AT_ONCE = 8;

    private final RunStore store;
    private final Map<RunId, Known> known = new ConcurrentHashMap<>();
    private volatile Consumer<Run> onlooker = run -> {};

    /**
     * @param load null if the run has ended, or is not there yet
     * @param version of the document that it was read from; null if we have it from elsewhere
     */
    private record Known(@Nullable Load load, @Nullable String version) {}

    Backlog(RunStore store) {
        this.store = store;
    }

    /** Unfinished runs. */
    public Map<RunId, Load> runs() {
        Map<RunId, Load> runs = new HashMap<>();
        known.forEach((id, run) -> {
            if (run.load() != null) {
                runs.put(id, run.load());
            }
        });
        return runs;
    }

    /** Tells somebody of every run that is seen from now on. */
    public void tell(Consumer<Run> other) {
        onlooker = other;
    }

    /** As it was just read, or written. */
    public void saw(Run run) {
        known.put(run.id(), new Known(loadOf(run), null));
        onlooker.accept(run);
    }

    /** Asks storage what has changed; gives the runs that are looked after. */
    public Uni<Set<RunId>> sweep() {
        Set<RunId> before = Set.copyOf(known.keySet());
        return store.active()
                .onItem()
                .transformToUni(id -> look(id).replaceWith(id))
                .merge(READS_AT_ONCE)
                .collect()
                .in(HashSet<RunId>::new, HashSet::add)
                .map(Set::<RunId>copyOf)
                .invoke(active -> forget(before, active));
    }

    /** What has come in during the sweep may have been marked behind it. */
    private void forget(Set<RunId> before, Set<RunId> active) {
        before.stream().filter(id -> !active.contains(id)).forEach(known::remove);
    }

    private Uni<Void> look(RunId id) {
        Known last = known.get(id);
        return store.findIfChanged(id, last == null ? null : last.version())
                .invoke(look -> note(id, look))
                .onFailure()
                .invoke(t -> LOG.debug(id, "Run %s is not counted: %s", id, t.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void note(RunId id, Look look) {
        switch (look) {
            case Look.Absent a -> known.remove(id);
            case Look.Unchanged u -> {}
            case Look.Changed(Run run, String version) -> {
                known.put(id, new Known(loadOf(run), version));
                onlooker.accept(run);
            }
        }
    }

    private static @Nullable Load loadOf(Run run) {
        return run.isUnfinished() ? Load.of(run) : null;
    }
}
