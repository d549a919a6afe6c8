package io.freshet.azure.eventgrid;

import org.eclipse.microprofile.reactive.messaging.Message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Events that wait for the next request, in order. Safe for concurrent use. */
final class WaitingEvents {
    /** The service's limit for one request, the array's brackets and commas included. */
    static final int MAX_BYTES = 1024 * 1024;

    /** An event with the message that is answered when the event is published. */
    record Waiting(Message<?> message, String json) {
        int bytes() {
            return json.getBytes(StandardCharsets.UTF_8).length;
        }

        boolean fits() {
            return bytes() + 2 <= MAX_BYTES;
        }
    }

    private final Deque<Waiting> events = new ArrayDeque<>();
    private boolean taken;

    /** @return whether the caller has to publish: nobody else is at it */
    synchronized boolean add(Waiting event) {
        events.add(event);
        boolean idle = !taken;
        taken = true;
        return idle;
    }

    /** As many as one request may carry; empty when there are none, and then publishing has ended. */
    synchronized List<Waiting> take(int most) {
        List<Waiting> batch = new ArrayList<>();
        int bytes = 1;
        while (!events.isEmpty()
                && batch.size() < most
                && bytes + 1 + events.peek().bytes() <= MAX_BYTES) {
            Waiting next = events.remove();
            bytes += 1 + next.bytes();
            batch.add(next);
        }
        taken = !batch.isEmpty();
        return batch;
    }
}
