package io.freshet.watcher.backlog;

import io.freshet.failure.Transient;
import io.freshet.items.Layouts;
import io.freshet.job.JobStatus;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.storage.RunStore;
import io.freshet.storage.RunStore.Look;
import io.freshet.telemetry.RunLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The work that is left, by run. What this watcher reads and writes is known at once; what others do is found by a
 * sweep over the active runs, which reads only the documents that have changed. So several watchers agree within one
 * sweep interval, and runs that are gone do not stay.
 */
@Singleton
public final class Backlog {
    private static final RunLog LOG = RunLog.of(Backlog.class);
    private static final int READS_AT_ONCE = 8;
    private static final int MOST_CLAIMS = 1_000;
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Known NOTHING = new Known(null, Demand.NONE, null);

    private final RunStore store;
    private final Layouts layouts;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Map<RunId, Known> known = new ConcurrentHashMap<>();
    private volatile Consumer<Run> onlooker = run -> {};
    private final BroadcastProcessor<Integer> demands = BroadcastProcessor.create();
    private CompletableFuture<Sweep> sweep = CompletableFuture.failedFuture(new IllegalStateException("no sweep yet"));

    /**
     * @param load null if the run has ended or does not exist yet
     * @param version of the document; null if the run was not read by a sweep
     */
    private record Known(
            @Nullable Load load, Demand demand, @Nullable String version) {
        static Known of(Run run, Demand demand, @Nullable String version) {
            return new Known(run.isUnfinished() ? Load.of(run) : null, demand, version);
        }
    }

    @Inject
    Backlog(RunStore store, Layouts layouts, Clock clock) {
        this(store, layouts, clock, System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    Backlog(RunStore store, Layouts layouts, Clock clock, LongSupplier nanos) {
        this.store = store;
        this.layouts = layouts;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** Loads of unfinished runs. */
    public Map<RunId, Load> runs() {
        Map<RunId, Load> runs = new HashMap<>();
        known.forEach((id, run) -> {
            if (run.load() != null) {
                runs.put(id, run.load());
            }
        });
        return runs;
    }

    /** Notifies a listener of every run that is seen from now on. */
    public void tell(Consumer<Run> other) {
        onlooker = other;
    }

    /** The number of items that workers of the cluster should process concurrently, whenever it changes. */
    public Multi<Integer> demands() {
        return demands;
    }

    /**
     * The same number for all runs in storage, at most a second old. Fails rather than leaving out a run that cannot be
     * read.
     */
    public Uni<Integer> demand() {
        return Uni.createFrom()
                .completionStage(() -> freshSweep().copy())
                .invoke(Sweep::requireComplete)
                .map(done -> demandNow());
    }

    /** Updates a run that was just read or written. */
    public void saw(Run run) {
        Demand before = demandOf(known.get(run.id()));
        // what is in progress in a suspended run is determined by sweeps and never grows
        Demand now = run.state() instanceof RunState.Suspended ? Demand.of(run).atMost(before.items()) : Demand.of(run);
        known.put(run.id(), Known.of(run, now, null));
        announceUnless(before.equals(now));
        onlooker.accept(run);
    }

    /** Reads what has changed in storage; returns the active runs. */
    public Uni<Set<RunId>> sweep() {
        return Uni.createFrom().completionStage(() -> begunSweep().copy()).map(Sweep::active);
    }

    /** Concurrent callers share one sweep, through copies: a caller that gives up cancels the future it waits for. */
    private synchronized CompletableFuture<Sweep> begunSweep() {
        if (sweep.isDone()) {
            sweep = sweepInto(new Sweep(nanos.getAsLong(), known.keySet())).subscribeAsCompletionStage();
        }
        return sweep;
    }

    private synchronized CompletableFuture<Sweep> freshSweep() {
        boolean isThere = sweep.isDone() && !sweep.isCompletedExceptionally();
        return isThere
                        && sweep.join().isComplete()
                        && nanos.getAsLong() - sweep.join().begun() < FRESH.toNanos()
                ? sweep
                : begunSweep();
    }

    private Uni<Sweep> sweepInto(Sweep next) {
        return store.active()
                .onItem()
                .transformToUni(id -> look(id, next).replaceWith(id))
                .merge(READS_AT_ONCE)
                .onItem()
                .invoke(next::found)
                .onItem()
                .ignoreAsUni()
                .invoke(() -> next.gone().forEach(known::remove))
                .invoke(() -> announceUnless(false))
                .replaceWith(next);
    }

    private Uni<Void> look(RunId id, Sweep sweep) {
        Known last = known.get(id);
        return store.findIfChanged(id, last == null ? null : last.version())
                .invoke(this::tell)
                .flatMap(this::read)
                .invoke(now -> now.ifPresent(found -> note(id, last, found)))
                .onFailure()
                .invoke(t -> LOG.debug(id, "Run %s could not be read and is not counted: %s", id, t.getMessage()))
                .onFailure(Transient.class)
                .invoke(sweep::missed)
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private void tell(Look look) {
        if (look instanceof Look.Changed(Run run, String version)) {
            onlooker.accept(run);
        }
    }

    /** Empty if it is unchanged. */
    private Uni<Optional<Known>> read(Look look) {
        return switch (look) {
            case Look.Absent a -> Uni.createFrom().item(Optional.of(NOTHING));
            case Look.Unchanged u -> Uni.createFrom().item(Optional.empty());
            case Look.Changed(Run run, String version)
            when run.state() instanceof RunState.Suspended ->
                layouts.of(run).claimed(run, MOST_CLAIMS).map(held -> Optional.of(suspended(run, held, version)));
            case Look.Changed(Run run, String version) ->
                Uni.createFrom().item(Optional.of(Known.of(run, Demand.of(run), version)));
        };
    }

    /** While anything is in progress it is read again, although its document does not change. */
    private static Known suspended(Run run, int held, String version) {
        return Known.of(run, Demand.of(run).atMost(held), held == 0 ? version : null);
    }

    /** Does not overwrite what was seen after the sweep read it. */
    private void note(RunId id, @Nullable Known last, Known now) {
        boolean isOurs = last == null ? known.putIfAbsent(id, now) == null : known.replace(id, last, now);
        announceUnless(!isOurs || demandOf(last).equals(now.demand()));
    }

    private static Demand demandOf(@Nullable Known known) {
        return known == null ? Demand.NONE : known.demand();
    }

    private int demandNow() {
        Instant now = clock.instant();
        return Math.toIntExact(Math.min(
                Integer.MAX_VALUE,
                known.values().stream().mapToLong(run -> run.demand().at(now)).sum()));
    }

    /** One at a time, in order. */
    private synchronized void announceUnless(boolean nothingNew) {
        if (!nothingNew) {
            demands.onNext(demandNow());
        }
    }

    /**
     * The work left in a run.
     *
     * @param state as named in the API
     * @param open items that are neither done nor failed, including those in flight
     */
    public record Load(String state, int open, int done, int failed) {
        static Load of(Run run) {
            return new Load(
                    JobStatus.of(run.state()).name(),
                    run.remaining(),
                    run.progress().done().size(),
                    run.progress().failed().size());
        }
    }
}
