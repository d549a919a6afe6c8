package io.freshet.worker.lifecycle;

import io.freshet.azure.queue.QueueChannels;
import io.freshet.worker.WorkerConfig;
import io.freshet.worker.WorkerConfig.Mode;
import io.freshet.worker.claim.Claims;
import io.freshet.worker.settlement.Announcements;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.time.Duration;

/** From start to stop: serves or drains, and on SIGTERM finishes what fits the grace period and hands back the rest. */
@Singleton
final class WorkerLifecycle {
    private static final Logger LOG = Logger.getLogger(WorkerLifecycle.class);
    private static final Duration HAND_BACK = Duration.ofSeconds(5);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final WorkerConfig config;
    private final WorkIntake intake;
    private final Drain drain;
    private final Stop stop;

    /** What a stop has to bring to rest. */
    @Singleton
    record Stop(QueueChannels channels, Claims claims, Announcements announcements, ExitCode exitCode) {}

    WorkerLifecycle(WorkerConfig config, WorkIntake intake, Drain drain, Stop stop) {
        this.config = config;
        this.intake = intake;
        this.drain = drain;
        this.stop = stop;
    }

    void onStart(@Observes StartupEvent event) {
        switch (config.mode()) {
            case SERVE -> intake.serve();
            case DRAIN -> drain.drain().subscribe().with(total -> Quarkus.asyncExit(0), this::couldNotDrain);
        }
    }

    private void couldNotDrain(Throwable failure) {
        LOG.errorf("Draining has ended: %s", failure.getMessage());
        Quarkus.asyncExit(1);
    }

    /** Blocks, as the last thing this process does. */
    void onStop(@Observes ShutdownEvent event) {
        boolean leavesWork = !comesToRest(config.grace());
        stop.claims().abandonAll();
        comesToRest(HAND_BACK);
        stop.announcements().flush();
        stop.channels().drain(HAND_BACK).await().atMost(HAND_BACK.multipliedBy(2));
        intake.stop();
        boolean isDone = config.mode() == Mode.SERVE || event.isStandardShutdown() || !(leavesWork || isWorkLeft());
        if (isDone) {
            stop.exitCode().atRest(event);
        }
    }

    /** Whether all that was in work without a message has ended in time; messages come back in any case. */
    private boolean comesToRest(Duration atMost) {
        Uni<Boolean> drained = drain.stop()
                .replaceWith(true)
                .ifNoItem()
                .after(atMost.isPositive() ? atMost : AT_ONCE)
                .recoverWithItem(false);
        return Uni.combine()
                .all()
                .unis(stop.channels().drain(atMost).replaceWith(true), drained)
                .with((messages, items) -> items)
                .await()
                .atMost(atMost.plus(HAND_BACK));
    }

    /** A Job would not replace a pod that says that all is done. */
    private boolean isWorkLeft() {
        return drain.isWorkLeft()
                .ifNoItem()
                .after(HAND_BACK)
                .fail()
                .onFailure()
                .recoverWithItem(true)
                .await()
                .indefinitely();
    }
}
