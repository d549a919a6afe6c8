package io.freshet.azure.queue;

import io.smallrye.mutiny.Uni;

/**
 * What becomes of a message that was not acknowledged. The channel's attribute {@code failure-strategy} names the
 * {@link io.smallrye.common.annotation.Identifier} of the bean; applications may bring their own.
 */
public interface FailureStrategy {

    /** Settles the message by one of its methods. A failed result is logged; the message then comes back by itself. */
    Uni<Void> handle(FailedMessage message, Throwable reason);
}
