package io.freshet.watcher.lifecycle;

import io.freshet.storage.BlobStore;
import io.freshet.watcher.backlog.Backlog;
import io.freshet.watcher.dashboard.Dashboard;
import io.freshet.watcher.instances.Instances;
import io.freshet.watcher.instances.Leftovers;
import io.freshet.watcher.reconcile.AbandonedUploads;
import io.freshet.watcher.reconcile.BurstSweep;
import io.freshet.watcher.reconcile.Reconciler;
import io.freshet.watcher.reconcile.Retention;
import io.freshet.watcher.reconcile.WatcherConfig;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Periodic work besides reconciling unfinished runs, which never waits for it. */
@Singleton
final class Sweeps {
    private static final Logger LOG = Logger.getLogger(Sweeps.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration DASHBOARD_INTERVAL = Duration.ofMillis(250);
    private static final Duration LEFTOVERS_INTERVAL = Duration.ofSeconds(5);

    private final Backlog backlog;
    private final Reconciler reconciler;
    private final Retention retention;
    private final AbandonedUploads uploads;
    private final Instances instances;
    private final Leftovers leftovers;
    private final BurstSweep bursts;
    private final WatcherConfig config;
    private final BlobStore blobs;
    private final Dashboard dashboard;
    private final Clock clock;
    private final Map<String, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();
    private boolean stopping;

    Sweeps(
            Backlog backlog,
            Reconciler reconciler,
            Retention retention,
            AbandonedUploads uploads,
            Instances instances,
            Leftovers leftovers,
            BurstSweep bursts,
            WatcherConfig config,
            BlobStore blobs,
            Dashboard dashboard,
            Clock clock) {
        this.backlog = backlog;
        this.reconciler = reconciler;
        this.retention = retention;
        this.uploads = uploads;
        this.instances = instances;
        this.leftovers = leftovers;
        this.bursts = bursts;
        this.config = config;
        this.blobs = blobs;
        this.dashboard = dashboard;
        this.clock = clock;
    }

    void start(Vertx vertx) {
        backlog.tell(dashboard::saw);
        paced(vertx, TICK, new Paced("The backlog", () -> !backlog.runs().isEmpty(), this::backlog));
        paced(vertx, TICK, new Paced("Instances", instances::isBusy, instances::sweep));
        repeat(vertx, DASHBOARD_INTERVAL, "The dashboard", dashboard::write);
        paced(
                vertx,
                LEFTOVERS_INTERVAL,
                new Paced("Leftovers", () -> true, () -> leftovers.sweep().replaceWith(true)));
        atOnceAndThen(vertx, uploads.interval(), "Lines without an instance", leftovers::sweepLines);
        repeat(vertx, config.reconcileInterval(), "Jobs", bursts::sweep);
        atOnceAndThen(vertx, retention.interval(), "Old runs", retention::sweep);
        atOnceAndThen(vertx, uploads.interval(), "Abandoned uploads", uploads::sweep);
    }

    /** Starts no further sweep. Completes when those in progress have ended. */
    synchronized Uni<Void> stop() {
        stopping = true;
        return Uni.createFrom()
                .completionStage(() -> CompletableFuture.allOf(underWay.values().toArray(CompletableFuture<?>[]::new)));
    }

    private void atOnceAndThen(Vertx vertx, Duration interval, String what, Supplier<Uni<Void>> sweep) {
        Supplier<Uni<Void>> inContainer = () -> blobs.ensureContainer().chain(sweep::get);
        repeat(vertx, interval, what, inContainer);
        once(what, inContainer);
    }

    private Uni<Boolean> backlog() {
        return backlog.sweep()
                .invoke(reconciler::forgetAllBut)
                .flatMap(active -> dashboard.sweep(active).replaceWith(!active.isEmpty()));
    }

    /**
     * A sweep that runs as often as there is reason to, and as storage can afford.
     *
     * @param isBusy whether there is something to do, as far as is known without asking storage
     * @param sweep returns whether there was something to do
     */
    private record Paced(String what, BooleanSupplier isBusy, Supplier<Uni<Boolean>> sweep) {}

    private void paced(Vertx vertx, Duration interval, Paced paced) {
        Pace pace = new Pace(interval);
        vertx.setPeriodic(interval.toMillis(), id -> {
            if (pace.tick(paced.isBusy().getAsBoolean())) {
                Instant begun = clock.instant();
                once(
                        paced.what(),
                        () -> paced.sweep()
                                .get()
                                .invoke(found -> pace.found(found, Duration.between(begun, clock.instant())))
                                .replaceWithVoid());
            }
        });
    }

    private void repeat(Vertx vertx, Duration interval, String what, Supplier<Uni<Void>> sweep) {
        vertx.setPeriodic(interval.toMillis(), id -> once(what, sweep));
    }

    /** Skipped while the previous one is still in progress. */
    private synchronized void once(String what, Supplier<Uni<Void>> sweep) {
        CompletableFuture<Void> last = underWay.get(what);
        if (!stopping && (last == null || last.isDone())) {
            underWay.put(
                    what,
                    Uni.createFrom()
                            .deferred(sweep::get)
                            .onFailure()
                            .invoke(t -> LOG.debugf("Sweep failed (%s): %s", what, t.getMessage()))
                            .onFailure()
                            .recoverWithNull()
                            .subscribeAsCompletionStage());
        }
    }

    /**
     * How often storage is asked for changes by others: at every tick while there is work, less often while there is
     * none, and never so often that it takes more than a tenth of the time. A listing per second costs $13 a month, and
     * an emulator scans all of its blobs for each.
     */
    static final class Pace {
        private static final int IDLE_TICKS = 10;
        private static final int SHARE = 10;
        /** Any storage takes this long now and then. */
        private static final Duration SHORT = Duration.ofMillis(200);

        private final Duration tick;
        private int ticks;
        private int due = 1;
        private long affordable = 1;

        Pace(Duration tick) {
            this.tick = tick;
        }

        /**
         * Whether storage should be asked at this tick.
         *
         * @param isBusy whether there is work, as far as is known without asking
         */
        synchronized boolean tick(boolean isBusy) {
            ticks++;
            if (ticks < Math.max(affordable, isBusy ? 1 : due)) {
                return false;
            }
            ticks = 0;
            return true;
        }

        /** Records whether anything was found, and how long it took. */
        synchronized void found(boolean something, Duration took) {
            due = something ? 1 : Math.min(2 * due, IDLE_TICKS);
            affordable =
                    took.compareTo(SHORT) <= 0 ? 1 : took.multipliedBy(SHARE).dividedBy(tick);
        }
    }
}
