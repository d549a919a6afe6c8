package io.freshet.azure.queue;

import io.freshet.failure.Permanent;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Tries again up to the channel's limit, and not at all where trying again cannot help; then the poison queue. */
@Singleton
@Identifier(PoisonStrategy.NAME)
final class PoisonStrategy implements FailureStrategy {
    static final String NAME = "poison";

    private final FailureStrategy retry = new RetryStrategy();

    @Override
    public Uni<Void> handle(FailedMessage message, Throwable reason) {
        boolean hopeless =
                reason instanceof Permanent || message.metadata().dequeueCount() >= message.maxDequeueCount();
        return hopeless ? message.moveToPoison(ChannelHealth.describe(reason)) : retry.handle(message, reason);
    }
}
