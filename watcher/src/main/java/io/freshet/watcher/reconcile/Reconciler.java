package io.freshet.watcher.reconcile;

import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.freshet.watcher.backlog.Backlog;
import io.freshet.watcher.reconcile.Step.Next;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes a run from its current state to the next. What to do follows from storage alone, so it does not matter who
 * asks, how often, or what was lost. A run is reconciled by one caller at a time; two watchers do no harm.
 */
@Singleton
public final class Reconciler {
    private final RunStore store;
    private final StepTable table;
    private final Removal removal;
    private final Memory memory;
    private final int window;
    private final KeyedSerializer<RunId> turns;

    /** What this process remembers about runs between reconciliations; all of it may be lost. */
    @Singleton
    record Memory(Backlog backlog, StallDetector stalls, UnsentItems unsent, BurstWaits waits) {}

    @Inject
    Reconciler(RunStore store, StepTable table, Removal removal, Memory memory, WatcherConfig config, Vertx vertx) {
        this(
                store,
                table,
                removal,
                memory,
                config,
                (delay, task) -> vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run()));
    }

    Reconciler(
            RunStore store,
            StepTable table,
            Removal removal,
            Memory memory,
            WatcherConfig config,
            KeyedSerializer.Timer timer) {
        this.store = store;
        this.table = table;
        this.removal = removal;
        this.memory = memory;
        this.window = config.dispatchWindow();
        this.turns = new KeyedSerializer<>(timer);
    }

    /**
     * Reconciles the run now, or right after a reconciliation in progress. If that fails, it is retried with a
     * back-off; callers in the meantime wait for the retry.
     */
    public Uni<Void> reconcile(RunId id) {
        return turns.run(id, () -> store.find(id).flatMap(found -> look(id, found)));
    }

    /** Storage may know more about a run than its document: checks now, or soon if that was just done. */
    public Uni<Void> doubt(RunId id) {
        Duration wait = memory.stalls().doubt(id);
        if (wait.isZero()) {
            return reconcile(id);
        }
        turns.later(id, wait, () -> store.find(id).flatMap(found -> look(id, found)));
        return Uni.createFrom().voidItem();
    }

    /** Reconciles a run that has made progress, if that allows it to continue. */
    public Uni<Void> progressed(Run run) {
        memory.backlog().saw(run);
        boolean goesOn = run.acceptsWork() && (run.isSettled() || WindowDecision.room(run, window) > 0);
        return goesOn ? reconcile(run.id()) : Uni.createFrom().voidItem();
    }

    /** Forgets all other runs. */
    public void forgetAllBut(Set<RunId> runs) {
        memory.stalls().forgetAllBut(runs);
        memory.unsent().forgetAllBut(runs);
        memory.waits().forgetAllBut(runs);
    }

    private Uni<Void> look(RunId id, Optional<Run> found) {
        return found.isEmpty()
                ? removal.ofAbandoned(id)
                : walk(found.get(), table.of(found.get()))
                        .invoke(next -> follow(id, next))
                        .replaceWithVoid();
    }

    private Uni<Next> walk(Run run, List<Step> steps) {
        memory.backlog().saw(run);
        return steps.isEmpty()
                ? Uni.createFrom().item(Next.done())
                : steps.getFirst().take(run).flatMap(next -> switch (next) {
                    case Next.Continue c -> walk(c.run(), after(steps, run, c.run()));
                    case Next.Again a -> walk(a.run(), table.of(a.run()));
                    case Next.LookAgain l -> Uni.createFrom().item(l);
                    case Next.Done d -> Uni.createFrom().item(d);
                });
    }

    /** The remaining steps, or those of another state. */
    private List<Step> after(List<Step> steps, Run before, Run now) {
        List<Step> row = table.of(now);
        return row.equals(table.of(before)) ? steps.subList(1, steps.size()) : row;
    }

    private void follow(RunId id, Next next) {
        if (next instanceof Next.LookAgain(Duration after)) {
            turns.later(id, after, () -> store.find(id).flatMap(found -> look(id, found)));
        }
    }
}
