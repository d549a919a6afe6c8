package io.freshet.gateway.dashboard;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.dashboard.RunRow;
import io.freshet.gateway.access.Caller;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * One view and all its viewers: storage is read once, however many they are, and not at all while there are none. A viewer
 * that was cut off resumes where it was, if that is among the last events.
 */
final class Feed<T> {
    static final int HEARTBEAT_SECONDS = 5;
    private static final int KEPT = 512;
    /** Events that a client may lag behind before it is cut off; it reconnects and resumes. */
    private static final int BEHIND = 1024;

    private static final String HEARTBEAT = ":\n\n";

    private final View<T> view;
    private final Clock clock;
    private final String epoch;
    private final Deque<Sent> last = new ArrayDeque<>();
    private final List<MultiEmitter<? super String>> viewers = new ArrayList<>();
    private final AtomicReference<@Nullable Uni<Void>> underWay = new AtomicReference<>();
    private long sequence;
    private boolean troubled;

    private record Sent(long number, String text) {}

    /** @param epoch tells this feed from every other, past or future */
    Feed(View<T> view, Clock clock, String epoch) {
        this.view = view;
        this.clock = clock;
        this.epoch = epoch;
    }

    /**
     * The events from now on: first {@code hello}, then those after the last one that was seen, or everything there is.
     * Fails before the first event if storage cannot be read.
     *
     * @param seen id of the last event that the client has seen
     * @param caller the viewer, who is told what they may do
     */
    Uni<Multi<String>> follow(@Nullable String seen, Caller caller) {
        Uni<Void> first = hasViewers() ? Uni.createFrom().voidItem() : read();
        return first.replaceWith(() -> Multi.createFrom()
                .<String>emitter(viewer -> join(viewer, seen, caller), BackPressureStrategy.IGNORE)
                .onOverflow()
                .buffer(BEHIND));
    }

    synchronized boolean hasViewers() {
        return !viewers.isEmpty();
    }

    /** Reads, if there are viewers. They are told if it fails, and the next read tries again. */
    Uni<Void> refresh() {
        return hasViewers()
                ? read().onFailure().invoke(this::reportTrouble).onFailure().recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    /** One read at a time; callers in between share it. */
    private Uni<Void> read() {
        Uni<Void> ours = view.read()
                .invoke(this::publish)
                .replaceWithVoid()
                .onTermination()
                .invoke(() -> underWay.set(null))
                .memoize()
                .indefinitely();
        Uni<Void> other = underWay.compareAndExchange(null, ours);
        return other == null ? ours : other;
    }

    void beat() {
        send(HEARTBEAT);
    }

    synchronized void end() {
        List.copyOf(viewers).forEach(MultiEmitter::complete);
        viewers.clear();
    }

    private synchronized void publish(T found) {
        troubled = false;
        for (View.Event event : view.changes(found)) {
            sequence++;
            String text = event.text(epoch + "-" + sequence);
            last.addLast(new Sent(sequence, text));
            send(text);
        }
        while (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    private synchronized void reportTrouble(Throwable t) {
        if (!troubled) {
            troubled = true;
            send(new View.Event(
                            "problem",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("title", "Storage does not answer")
                                    .put("detail", "What is shown may be out of date; the gateway keeps trying"))
                    .text());
        }
    }

    private synchronized void send(String text) {
        List.copyOf(viewers).forEach(viewer -> viewer.emit(text));
    }

    private synchronized void join(MultiEmitter<? super String> viewer, @Nullable String seen, Caller caller) {
        List<Sent> missed = missedSince(seen);
        viewer.onTermination(() -> leave(viewer));
        viewer.emit(hello(missed != null, caller));
        Stream<String> texts = missed != null
                ? missed.stream().map(Sent::text)
                : view.whole().stream().map(event -> event.text(epoch + "-" + sequence));
        texts.forEach(viewer::emit);
        viewers.add(viewer);
    }

    private synchronized void leave(MultiEmitter<? super String> viewer) {
        viewers.remove(viewer);
    }

    /** Null if they are no longer kept, or belong to another epoch. */
    private @Nullable List<Sent> missedSince(@Nullable String seen) {
        if (seen == null || !seen.startsWith(epoch + "-")) {
            return null;
        }
        String number = seen.substring(epoch.length() + 1);
        if (!number.matches("\\d{1,18}")) {
            return null;
        }
        long from = Long.parseLong(number);
        boolean isKept = from <= sequence
                && (last.isEmpty() ? from == sequence : from >= last.getFirst().number() - 1);
        return isKept ? last.stream().filter(event -> event.number() > from).toList() : null;
    }

    private String hello(boolean resumed, Caller caller) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("resumed", resumed)
                .put("epoch", epoch)
                .put("heartbeatS", HEARTBEAT_SECONDS)
                .put("now", RunRow.seconds(clock.instant()));
        caller.rights().forEach(data.withArray("rights")::add);
        if (caller.name() != null) {
            data.put("user", caller.name());
        }
        return "retry:500\n" + new View.Event("hello", data).text();
    }
}
