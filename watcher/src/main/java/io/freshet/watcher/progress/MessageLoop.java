package io.freshet.watcher.progress;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import java.util.function.Function;

/** Handles messages concurrently. They are acknowledged when handled; failures go to the channel's failure strategy. */
final class MessageLoop {
    private static final Logger LOG = Logger.getLogger(MessageLoop.class);

    private MessageLoop() {}

    static void run(Multi<Message<String>> messages, int atOnce, Function<String, Uni<Void>> handler) {
        messages.onItem()
                .transformToUni(message -> handle(message, handler))
                .merge(atOnce)
                .subscribe()
                .with(done -> {}, failure -> LOG.error("No more messages are received; restart the watcher", failure));
    }

    private static Uni<Void> handle(Message<String> message, Function<String, Uni<Void>> handler) {
        return Uni.createFrom()
                .deferred(() -> handler.apply(message.getPayload()))
                .onItemOrFailure()
                .transformToUni((item, failure) ->
                        Uni.createFrom().completionStage(() -> failure == null ? message.ack() : message.nack(failure)))
                .onFailure()
                .invoke(t -> LOG.warnf("Could not settle a message; it will be delivered again: %s", t.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
