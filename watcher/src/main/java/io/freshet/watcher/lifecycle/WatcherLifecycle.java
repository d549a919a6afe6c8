package io.freshet.watcher.lifecycle;

import io.freshet.items.BlobLayout;
import io.freshet.queue.MessageChannels;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore;
import io.freshet.storage.RunStore;
import io.freshet.watcher.doctor.Doctor;
import io.freshet.watcher.progress.ControlConsumer;
import io.freshet.watcher.progress.EventConsumer;
import io.freshet.watcher.reconcile.BurstJobs;
import io.freshet.watcher.reconcile.Reconciler;
import io.freshet.watcher.reconcile.WatcherConfig;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Receives events and messages from the start, and reconciles every unfinished run on start and at intervals; on
 * SIGTERM it finishes what it has begun.
 */
@Singleton
public final class WatcherLifecycle {
    private static final Logger LOG = Logger.getLogger(WatcherLifecycle.class);
    private static final int RUNS_AT_ONCE = 4;
    private static final Duration LAST_CALLS = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final RunStore store;
    private final Reconciler reconciler;
    private final WatcherConfig config;
    private final EventConsumer events;
    private final ControlConsumer control;
    private final MessageChannels channels;
    private final BlobStore runs;
    private final BlobLayout steps;
    private final Sweeps sweeps;
    private final BurstJobs jobs;
    private final Doctor doctor;
    private CompletableFuture<Void> pass = CompletableFuture.completedFuture(null);
    private volatile boolean stopping;

    WatcherLifecycle(
            Vertx vertx,
            RunStore store,
            Reconciler reconciler,
            WatcherConfig config,
            EventConsumer events,
            ControlConsumer control,
            MessageChannels channels,
            BlobStore runs,
            BlobLayout steps,
            Sweeps sweeps,
            BurstJobs jobs,
            Doctor doctor) {
        this.vertx = vertx;
        this.store = store;
        this.reconciler = reconciler;
        this.config = config;
        this.events = events;
        this.control = control;
        this.channels = channels;
        this.runs = runs;
        this.steps = steps;
        this.sweeps = sweeps;
        this.jobs = jobs;
        this.doctor = doctor;
    }

    void onStart(@Observes StartupEvent event) {
        events.start();
        control.start();
        if (doctor.isAsked()) {
            doctor.examine().subscribe().with(Quarkus::asyncExit);
            return;
        }
        pass();
        vertx.setPeriodic(config.reconcileInterval().toMillis(), id -> pass());
        sweeps.start(vertx);
        jobs.start(run -> reconcile(run).subscribe().with(done -> {}));
    }

    /** Blocks, as the last thing this process does. */
    void onStop(@Observes ShutdownEvent event) {
        Uni<Void> last = Uni.createFrom().completionStage(lastPass());
        Uni<Void> lastSweeps = sweeps.stop();
        channels.drain(config.grace())
                .chain(() -> last)
                .chain(() -> lastSweeps)
                .ifNoItem()
                .after(config.grace().plus(LAST_CALLS))
                .recoverWithUni(Uni.createFrom().voidItem())
                .await()
                .indefinitely();
    }

    /** Reconciles every unfinished run once; skipped while the previous pass is still in progress. */
    private synchronized void pass() {
        if (!stopping && pass.isDone()) {
            pass = ensureContainers()
                    .chain(this::reconcileAll)
                    .onFailure()
                    .invoke(t -> LOG.warnf("Could not reconcile unfinished runs: %s", t.getMessage()))
                    .onFailure()
                    .recoverWithNull()
                    .subscribeAsCompletionStage();
        }
    }

    /** The current or last pass; no other begins after this. */
    private synchronized CompletableFuture<Void> lastPass() {
        stopping = true;
        return pass;
    }

    private Uni<Void> ensureContainers() {
        return runs.ensureContainer().chain(steps::ensureContainers);
    }

    private Uni<Void> reconcileAll() {
        return store.active()
                .select()
                .first(run -> !stopping)
                .onItem()
                .transformToUni(this::reconcile)
                .merge(RUNS_AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> reconcile(RunId run) {
        return reconciler
                .reconcile(run)
                .onFailure()
                .invoke(t -> LOG.warnf("Could not reconcile run %s: %s", run, t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
