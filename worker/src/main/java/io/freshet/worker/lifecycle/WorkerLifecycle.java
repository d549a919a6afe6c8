package io.freshet.worker.lifecycle;

import io.freshet.queue.MessageChannels;
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

/**
 * Starts and stops the worker: serves or drains; on SIGTERM finishes what fits into the grace period and hands back the
 * rest.
 */
@Singleton
final class WorkerLifecycle {
    private static final Logger LOG = Logger.getLogger(WorkerLifecycle.class);
    private static final Duration HAND_BACK = Duration.ofSeconds(5);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final WorkerConfig config;
    private final WorkConsumer consumer;
    private final Drain drain;
    private final MessageChannels channels;
    private final Claims claims;
    private final Announcements announcements;
    private final ExitCode exitCode;

    WorkerLifecycle(
            WorkerConfig config,
            WorkConsumer consumer,
            Drain drain,
            MessageChannels channels,
            Claims claims,
            Announcements announcements,
            ExitCode exitCode) {
        this.config = config;
        this.consumer = consumer;
        this.drain = drain;
        this.channels = channels;
        this.claims = claims;
        this.announcements = announcements;
        this.exitCode = exitCode;
    }

    void onStart(@Observes StartupEvent event) {
        switch (config.mode()) {
            case SERVE -> consumer.serve();
            case DRAIN -> drain.drain().subscribe().with(total -> Quarkus.asyncExit(0), this::couldNotDrain);
        }
    }

    private void couldNotDrain(Throwable failure) {
        LOG.errorf("Draining failed: %s", failure.getMessage());
        Quarkus.asyncExit(1);
    }

    /** Blocks, as the last thing this process does. */
    void onStop(@Observes ShutdownEvent event) {
        boolean leavesWork = !comesToRest(config.grace());
        claims.abandonAll();
        comesToRest(HAND_BACK);
        announcements.flush();
        channels.drain(HAND_BACK).await().atMost(HAND_BACK.multipliedBy(2));
        consumer.stop();
        boolean isDone = config.mode() == Mode.SERVE || event.isStandardShutdown() || !(leavesWork || isWorkLeft());
        if (isDone) {
            exitCode.atRest(event);
        }
    }

    /** Whether all work without a message has ended in time; messages are delivered again in any case. */
    private boolean comesToRest(Duration atMost) {
        Uni<Boolean> drained = drain.stop()
                .replaceWith(true)
                .ifNoItem()
                .after(atMost.isPositive() ? atMost : AT_ONCE)
                .recoverWithItem(false);
        return Uni.combine()
                .all()
                .unis(channels.drain(atMost).replaceWith(true), drained)
                .with((messages, items) -> items)
                .await()
                .atMost(atMost.plus(HAND_BACK));
    }

    /** A Job does not replace a pod that reports success. */
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
