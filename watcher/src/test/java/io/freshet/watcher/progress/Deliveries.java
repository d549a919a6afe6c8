package io.freshet.watcher.progress;

import io.smallrye.mutiny.Multi;
import org.eclipse.microprofile.reactive.messaging.Message;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Messages of a channel, and what became of them. */
final class Deliveries {
    final List<String> acknowledged = new CopyOnWriteArrayList<>();
    /** How many messages were asked for, each time. */
    final List<Long> requested = new CopyOnWriteArrayList<>();

    final List<Throwable> failures = new CopyOnWriteArrayList<>();

    Multi<Message<String>> of(List<String> payloads) {
        return Multi.createFrom()
                .iterable(payloads)
                .map(this::message)
                .onRequest()
                .invoke(requested::add);
    }

    private Message<String> message(String payload) {
        return Message.of(
                payload,
                () -> {
                    acknowledged.add(payload);
                    return CompletableFuture.completedFuture(null);
                },
                failure -> {
                    failures.add(failure);
                    return CompletableFuture.completedFuture(null);
                });
    }
}
