package io.freshet.azure.queue;

import io.freshet.failure.Transient;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Duration;

/** Tries again without end, later each time. */
@Singleton
@Identifier(RetryStrategy.NAME)
final class RetryStrategy implements FailureStrategy {
    static final String NAME = "retry";

    @Override
    public Uni<Void> handle(FailedMessage message, Throwable reason) {
        Duration own = message.retryDelay();
        Duration asked = reason instanceof Transient t ? t.retryAfter().orElse(own) : own;
        return message.retryAfter(asked.compareTo(own) > 0 ? asked : own);
    }
}
