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
 * One sight and all who look at it: storage is asked once, however many they are, and not at all while there is nobody.
 * Who was cut off goes on where it was, if that is among the last events.
 */
final class Feed<T> {
    static final int HEARTBEAT_SECONDS = 5;
    private static final int KEPT = 512;
    /** Events that a client may be behind before it is cut off; it comes back and goes on. */
    private static final int BEHIND = 1024;

    private static final String HEARTBEAT = ":\n\n";

    private final Sight<T> sight;
    private final Clock clock;
    private final String epoch;
    private final Deque<Event> last = new ArrayDeque<>();
    private final List<MultiEmitter<? super String>> lookers = new ArrayList<>();
    private final AtomicReference<@Nullable Uni<Void>> underWay = new AtomicReference<>();
    private long sequence;
    private boolean troubled;

    private record Event(long number, String text) {}

    /** @param epoch names this feed among all that there ever are */
    Feed(Sight<T> sight, Clock clock, String epoch) {
        this.sight = sight;
        this.clock = clock;
        this.epoch = epoch;
    }

    /**
     * The events from now on: first {@code hello}, then those since the one that was seen last, or all that there is. Fails
     * before the first event if storage cannot be asked.
     *
     * @param seen id of the event that the client has seen last
     * @param caller who looks: what they may do is told
     */
    Uni<Multi<String>> follow(@Nullable String seen, Caller caller) {
        Uni<Void> first = hasLookers() ? Uni.createFrom().voidItem() : look();
        return first.replaceWith(() -> Multi.createFrom()
                .<String>emitter(looker -> join(looker, seen, caller), BackPressureStrategy.IGNORE)
                .onOverflow()
                .buffer(BEHIND));
    }

    synchronized boolean hasLookers() {
        return !lookers.isEmpty();
    }

    /** Looks, if anybody does. What goes wrong is told, and the next look is another try. */
    Uni<Void> refresh() {
        return hasLookers()
                ? look().onFailure().invoke(this::tellTrouble).onFailure().recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    /** One look at a time; who comes in between shares it. */
    private Uni<Void> look() {
        Uni<Void> ours = sight.look()
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
        tell(HEARTBEAT);
    }

    synchronized void end() {
        List.copyOf(lookers).forEach(MultiEmitter::complete);
        lookers.clear();
    }

    private synchronized void publish(T found) {
        troubled = false;
        for (Told told : sight.changes(found)) {
            sequence++;
            String text = told.text(epoch + "-" + sequence);
            last.addLast(new Event(sequence, text));
            tell(text);
        }
        while (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    private synchronized void tellTrouble(Throwable t) {
        if (!troubled) {
            troubled = true;
            tell(new Told(
                            "problem",
                            JsonNodeFactory.instance
                                    .objectNode()
                                    .put("title", "Storage does not answer")
                                    .put("detail", "What is shown may be old; the gateway goes on trying"))
                    .text());
        }
    }

    private synchronized void tell(String text) {
        List.copyOf(lookers).forEach(looker -> looker.emit(text));
    }

    private synchronized void join(MultiEmitter<? super String> looker, @Nullable String seen, Caller caller) {
        List<Event> missed = missedSince(seen);
        looker.onTermination(() -> leave(looker));
        looker.emit(hello(missed != null, caller));
        Stream<String> texts = missed != null
                ? missed.stream().map(Event::text)
                : sight.whole().stream().map(told -> told.text(epoch + "-" + sequence));
        texts.forEach(looker::emit);
        lookers.add(looker);
    }

    private synchronized void leave(MultiEmitter<? super String> looker) {
        lookers.remove(looker);
    }

    /** Null if they are not known any more, or are of another life. */
    private @Nullable List<Event> missedSince(@Nullable String seen) {
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
        return "retry:500\n" + new Told("hello", data).text();
    }
}
