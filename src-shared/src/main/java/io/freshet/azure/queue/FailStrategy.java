package io.freshet.azure.queue;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Stops at the first failure, for streams that must not go on without the message. */
@Singleton
@Identifier(FailStrategy.NAME)
final class FailStrategy implements FailureStrategy {
    static final String NAME = "fail";

    @Override
    public Uni<Void> handle(FailedMessage message, Throwable reason) {
        return message.failChannel(reason);
    }
}
