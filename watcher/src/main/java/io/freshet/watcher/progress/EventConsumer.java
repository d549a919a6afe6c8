package io.freshet.watcher.progress;

import io.freshet.event.EventFormat;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

/** Receives storage's events from their queue. */
@Singleton
public final class EventConsumer {
    /** Waiting for the ledger costs nothing, and each document is written only a few times a second. */
    private static final int AT_ONCE = 4_096;

    private final Multi<Message<String>> messages;
    private final StorageEvents events;
    private final EventFormat format;

    EventConsumer(@Channel("events") Multi<Message<String>> messages, StorageEvents events, EventFormat format) {
        this.messages = messages;
        this.events = events;
        this.format = format;
    }

    public void start() {
        MessageLoop.run(messages, AT_ONCE, payload -> events.accept(format.read(payload)));
    }
}
