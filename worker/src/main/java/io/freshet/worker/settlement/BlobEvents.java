package io.freshet.worker.settlement;

import io.freshet.azure.eventgrid.BlobCreatedEvents;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.message.BlobCreated;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.List;

/**
 * Where no Event Grid is, the worker says itself what storage would say. Events of a short while go together, as Event
 * Grid batches them: small parts would cost two queue calls each otherwise.
 */
@Singleton
final class BlobEvents {
    private static final Logger LOG = Logger.getLogger(BlobEvents.class);
    private static final int LINGER_MILLIS = 250;
    /** A message of so many events stays below 64 KiB. */
    private static final int BATCH = 32;

    private final MutinyEmitter<String> queue;
    private final StorageAccount account;
    private final Vertx vertx;
    private final List<BlobCreated> waiting = new ArrayList<>();

    BlobEvents(@Channel("events") MutinyEmitter<String> queue, StorageAccount account, Vertx vertx) {
        this.queue = queue;
        this.account = account;
        this.vertx = vertx;
    }

    synchronized void add(BlobCreated event) {
        waiting.add(event);
        if (waiting.size() == 1) {
            vertx.setTimer(LINGER_MILLIS, id -> flush());
        }
        if (waiting.size() == BATCH) {
            flush();
        }
    }

    private void flush() {
        send().subscribe().with(done -> {}, t -> LOG.warnf("Events were not sent: %s", t.getMessage()));
    }

    /** Sends what waits; the worker stops. */
    Uni<Void> send() {
        List<BlobCreated> batch = take();
        return batch.isEmpty()
                ? Uni.createFrom().voidItem()
                : queue.send(BlobCreatedEvents.write(batch, account.name()));
    }

    private synchronized List<BlobCreated> take() {
        List<BlobCreated> batch = List.copyOf(waiting);
        waiting.clear();
        return batch;
    }
}
