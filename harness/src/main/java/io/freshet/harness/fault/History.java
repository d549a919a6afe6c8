package io.freshet.harness.fault;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Every request that went through a proxy, in order of arrival; polls that brought nothing are left out. */
public final class History {
    private static final String OPEN = "...";

    private final int limit;
    private final long begun = System.nanoTime();
    private final Deque<Entry> entries = new ArrayDeque<>();
    private long forgotten;

    /** @param limit older entries than so many are forgotten */
    History(int limit) {
        this.limit = limit;
    }

    /** A request and what became of it. */
    public static final class Entry {
        private final StorageRequest request;
        private final @Nullable String deletedMessage;
        private final Duration arrived;
        private volatile Duration ended;
        private volatile String result = OPEN;
        private volatile boolean changed;
        private boolean recorded;

        private Entry(StorageRequest request, @Nullable String deletedMessage, Duration arrived) {
            this.request = request;
            this.deletedMessage = deletedMessage;
            this.arrived = arrived;
            this.ended = arrived;
        }

        public StorageRequest request() {
            return request;
        }

        /** Text of the message that it deletes and its service has taken. */
        public Optional<String> deletedMessage() {
            return Optional.ofNullable(deletedMessage);
        }

        /** Since the history began. */
        public Duration arrived() {
            return arrived;
        }

        public Duration ended() {
            return ended;
        }

        /** The answer's status and error code, and what was done to it; {@code ...} while it is on its way. */
        public String result() {
            return result;
        }

        /** Whether storage did it, whatever the service saw of that. */
        public boolean changed() {
            return changed;
        }

        @Override
        public String toString() {
            return "%9.3f %9.3f  %-11s %-17s %-60s %s"
                    .formatted(
                            arrived.toNanos() / 1e9,
                            ended.toNanos() / 1e9,
                            request.service() + "#" + request.number(),
                            request.operation(),
                            request.target(),
                            result);
        }
    }

    synchronized Entry begin(StorageRequest request, @Nullable String deletedMessage) {
        Entry entry = new Entry(request, deletedMessage, now());
        if (!request.takesMessages()) {
            add(entry);
        }
        return entry;
    }

    /** Storage has answered. */
    void answered(Entry entry, Answer answer) {
        entry.result = answer.summary();
        entry.changed = answer.succeeded() && entry.request.hasEffect();
        entry.ended = now();
        if (entry.request.takesMessages() && !(answer.succeeded() && Holdings.isEmpty(answer))) {
            add(entry);
        }
    }

    /** Something other than passing on and answering was done. */
    void spoiled(Entry entry, String how) {
        entry.result = entry.result.equals(OPEN) ? how : entry.result + ", " + how;
        entry.ended = now();
        if (entry.request.takesMessages()) {
            add(entry);
        }
    }

    private synchronized void add(Entry entry) {
        if (entry.recorded) {
            return;
        }
        entry.recorded = true;
        entries.addLast(entry);
        if (entries.size() > limit) {
            entries.removeFirst();
            forgotten++;
        }
    }

    private Duration now() {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** Where the history is now, for {@link #since}. */
    public synchronized long mark() {
        return forgotten + entries.size();
    }

    public synchronized List<Entry> since(long mark) {
        return entries.stream().skip(Math.max(0, mark - forgotten)).toList();
    }

    public List<Entry> matching(Predicate<StorageRequest> which) {
        return since(0).stream().filter(entry -> which.test(entry.request)).toList();
    }

    /** One line for each request: arrival and answer in seconds, service and number, operation, target, result. */
    public String text(long mark) {
        return since(mark).stream().map(Entry::toString).collect(Collectors.joining("\n"));
    }
}
