package io.freshet.worker.settlement;

import io.freshet.event.BlobCreated;
import io.freshet.event.EventFormat;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.List;

/**
 * Sends the events that storage would send, in installations without Event Grid. A single event is sent at once. The
 * more there are, the longer they are batched, because otherwise small parts would cost three queue calls each.
 */
@Singleton
final class BlobEvents {
    private static final Logger LOG = Logger.getLogger(BlobEvents.class);
    private static final int SHORTEST_MILLIS = 25;
    private static final int LONGEST_MILLIS = 200;
    /** A message with this many events stays below 64 KiB. */
    private static final int BATCH = 32;

    private final MutinyEmitter<String> queue;
    private final EventFormat format;
    private final Vertx vertx;
    private final List<BlobCreated> waiting = new ArrayList<>();
    /** 0: the next event is sent at once. */
    private int lingering;

    BlobEvents(@Channel("events") MutinyEmitter<String> queue, EventFormat format, Vertx vertx) {
        this.queue = queue;
        this.format = format;
        this.vertx = vertx;
    }

    synchronized void add(BlobCreated event) {
        waiting.add(event);
        if (lingering == 0) {
            linger(SHORTEST_MILLIS);
            send();
        } else if (waiting.size() == BATCH) {
            send();
        }
    }

    private void linger(int millis) {
        lingering = millis;
        vertx.setTimer(millis, this::lingered);
    }

    private synchronized void lingered(long timer) {
        if (waiting.isEmpty()) {
            lingering = 0;
            return;
        }
        linger(Math.min(2 * lingering, LONGEST_MILLIS));
        send();
    }

    /** Sends the waiting events. */
    synchronized void send() {
        List<BlobCreated> batch = List.copyOf(waiting);
        waiting.clear();
        if (!batch.isEmpty()) {
            queue.send(format.write(batch))
                    .subscribe()
                    .with(done -> {}, t -> LOG.warnf("Could not send events: %s", t.getMessage()));
        }
    }
}
