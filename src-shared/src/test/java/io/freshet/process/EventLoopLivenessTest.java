package io.freshet.process;

import io.netty.channel.EventLoop;
import io.netty.channel.nio.NioEventLoopGroup;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

class EventLoopLivenessTest {
    private static final Duration WAIT = Duration.ofSeconds(20);

    private final NioEventLoopGroup loops = new NioEventLoopGroup(2);
    private final EventLoopLiveness liveness = new EventLoopLiveness(loops, Duration.ofMillis(200));

    @AfterEach
    void end() {
        loops.shutdownGracefully();
    }

    @Test
    void loopsThatRunAreAlive() {
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void oneThatHangsIsNotAndIsAliveAgainWhenItGoesOn() {
        CountDownLatch goOn = new CountDownLatch(1);
        EventLoop hanging = loops.next();
        hanging.execute(() -> await(goOn));
        assertThat(status()).isEqualTo(Status.DOWN);
        goOn.countDown();
        hanging.submit(() -> {}).syncUninterruptibly();
        assertThat(status()).isEqualTo(Status.UP);
    }

    @Test
    void loopsThatHaveEndedAreNotAlive() {
        loops.shutdownGracefully(0, 0, java.util.concurrent.TimeUnit.SECONDS).syncUninterruptibly();
        assertThat(status()).isEqualTo(Status.DOWN);
    }

    private Status status() {
        return liveness.call().await().atMost(WAIT).getStatus();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
