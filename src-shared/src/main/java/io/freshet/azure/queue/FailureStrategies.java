package io.freshet.azure.queue;

import io.freshet.azure.queue.FailureStrategies.RetryStrategy;
import io.freshet.azure.queue.FailureStrategy.FailedMessage;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.settings.WrongSettings;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.List;

/** The failure strategies that channels can name. */
@Singleton
final class FailureStrategies {
    private final Instance<FailureStrategy> all;

    FailureStrategies(@Any Instance<FailureStrategy> all) {
        this.all = all;
    }

    /** Throws {@link WrongSettings} that lists the known ones. */
    FailureStrategy named(String name) {
        Instance<FailureStrategy> found = all.select(Identifier.Literal.of(name));
        if (!found.isResolvable()) {
            throw new WrongSettings("No failure-strategy '" + name + "'; known are " + names());
        }
        return found.get();
    }

    private List<String> names() {
        return all.handlesStream()
                .flatMap(h -> h.getBean().getQualifiers().stream())
                .filter(Identifier.class::isInstance)
                .map(q -> ((Identifier) q).value())
                .sorted()
                .toList();
    }

    /** Retries forever, with growing delays. */
    @Singleton
    @Identifier(RetryStrategy.NAME)
    static final class RetryStrategy implements FailureStrategy {
        static final String NAME = "retry";

        @Override
        public Uni<Void> handle(FailedMessage message, Throwable reason) {
            Duration own = message.retryDelay();
            Duration asked = reason instanceof Transient t ? t.retryAfter().orElse(own) : own;
            return message.retryAfter(asked.compareTo(own) > 0 ? asked : own);
        }
    }

    /**
     * Retries up to the channel's limit, then moves the message to the poison queue; permanent failures go there at
     * once.
     */
    @Singleton
    @Identifier(PoisonStrategy.NAME)
    static final class PoisonStrategy implements FailureStrategy {
        static final String NAME = "poison";

        private final FailureStrategy retry = new RetryStrategy();

        @Override
        public Uni<Void> handle(FailedMessage message, Throwable reason) {
            boolean hopeless =
                    reason instanceof Permanent || message.metadata().dequeueCount() >= message.maxDequeueCount();
            return hopeless ? message.moveToPoison(ChannelHealth.describe(reason)) : retry.handle(message, reason);
        }
    }

    /** Stops the channel at the first failure, for streams that must not continue without the message. */
    @Singleton
    @Identifier(FailStrategy.NAME)
    static final class FailStrategy implements FailureStrategy {
        static final String NAME = "fail";

        @Override
        public Uni<Void> handle(FailedMessage message, Throwable reason) {
            return message.failChannel(reason);
        }
    }
}
