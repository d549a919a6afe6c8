package io.freshet.process;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * Alive means that every event loop still runs its tasks. The loop that serves the probe does, or the probe would get
 * no response; but another one may have died or hang, together with its connections.
 */
@Liveness
@Singleton
final class EventLoopLiveness implements AsyncHealthCheck {
    private static final String NAME = "event loops";
    /** Kubernetes gives up a probe sooner or later, with the same result. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final EventLoopGroup loops;
    private final Duration patience;

    @Inject
    EventLoopLiveness(Vertx vertx) {
        this(((VertxInternal) vertx).getEventLoopGroup(), PATIENCE);
    }

    EventLoopLiveness(EventLoopGroup loops, Duration patience) {
        this.loops = loops;
        this.patience = patience;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        List<Uni<Boolean>> answers =
                StreamSupport.stream(loops.spliterator(), false).map(this::runs).toList();
        return Uni.join().all(answers).andFailFast().map(EventLoopLiveness::response);
    }

    private Uni<Boolean> runs(EventExecutor loop) {
        return Uni.createFrom()
                .<Boolean>emitter(emitter -> loop.execute(() -> emitter.complete(true)))
                .ifNoItem()
                .after(patience)
                .recoverWithItem(false)
                // a loop that has ended rejects tasks
                .onFailure()
                .recoverWithItem(false);
    }

    private static HealthCheckResponse response(List<Boolean> running) {
        long stuck = running.stream().filter(runs -> !runs).count();
        return stuck == 0
                ? HealthCheckResponse.up(NAME)
                : HealthCheckResponse.named(NAME)
                        .down()
                        .withData("stuck", stuck)
                        .build();
    }
}
