package io.freshet.watcher.progress;

import io.freshet.run.ItemOutcome;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
import io.freshet.watcher.backlog.Backlog;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Writes outcomes into the documents of runs: one write at a time for each run, with all that has come in meanwhile. So
 * the cost of an event does not grow with the number of events, and a document is written a few times a second at most.
 * Neither the first outcome after a while nor the last of a run waits for others.
 */
@Singleton
public final class ProgressLedger {
    private static final int PAUSE_MILLIS = 200;

    private final RunStore store;
    private final Clock clock;
    private final Vertx vertx;
    private final Backlog backlog;
    private final Map<RunId, Book> books = new HashMap<>();

    /** Outcomes of one run that wait to be written, and who waits for that. */
    private record Page(List<Entry> entries, List<UniEmitter<? super Run>> waiting) {
        static Page empty() {
            return new Page(new ArrayList<>(), new ArrayList<>());
        }

        List<ItemOutcome> outcomes(Run run) {
            return entries.stream()
                    .filter(entry -> entry.concerns().test(run))
                    .<ItemOutcome>flatMap(entry -> entry.outcomes().stream())
                    .toList();
        }

        int size() {
            return entries.stream().mapToInt(entry -> entry.outcomes().size()).sum();
        }
    }

    private record Entry(List<? extends ItemOutcome> outcomes, Predicate<Run> concerns) {}

    /** A run whose outcomes are being written, or were a moment ago. */
    private static final class Book {
        private Page page = Page.empty();
        /** Until when nothing is written; null while something is. */
        private @Nullable Long pause;

        private int missing;

        /** Whether what waits may be all that the run still waits for. */
        boolean isComplete() {
            return missing > 0 && page.size() >= missing;
        }

        Page turn() {
            Page full = page;
            page = Page.empty();
            return full;
        }
    }

    public ProgressLedger(RunStore store, Clock clock, Vertx vertx, Backlog backlog) {
        this.store = store;
        this.clock = clock;
        this.vertx = vertx;
        this.backlog = backlog;
    }

    /** Completes with the run once the outcomes are in its document. Fails with NOT_FOUND if there is no such run. */
    public Uni<Run> record(RunId run, List<? extends ItemOutcome> outcomes) {
        return record(run, new Entry(outcomes, now -> true));
    }

    /** As {@link #record(RunId, List)}, unless the run is being executed again by then. */
    public Uni<Run> recordOfExecution(Run run, List<? extends ItemOutcome> outcomes) {
        return record(run.id(), new Entry(outcomes, now -> now.isSameExecution(run)));
    }

    private Uni<Run> record(RunId run, Entry entry) {
        return Uni.createFrom().emitter(emitter -> write(run, add(run, entry, emitter)));
    }

    /** Gives what is to be written now; nothing while somebody writes, or will in a moment. */
    private synchronized @Nullable Page add(RunId run, Entry entry, UniEmitter<? super Run> emitter) {
        boolean first = !books.containsKey(run);
        Book book = books.computeIfAbsent(run, r -> new Book());
        book.page.entries().add(entry);
        book.page.waiting().add(emitter);
        return first || (book.pause != null && book.isComplete()) ? begin(book) : null;
    }

    private Page begin(Book book) {
        if (book.pause != null) {
            vertx.cancelTimer(book.pause);
            book.pause = null;
        }
        return book.turn();
    }

    private void write(RunId run, @Nullable Page page) {
        if (page == null) {
            return;
        }
        store.update(run, current -> current.apply(page.outcomes(current), clock))
                .invoke(backlog::saw)
                .subscribe()
                .with(
                        written -> {
                            page.waiting().forEach(w -> w.complete(written));
                            write(run, pause(run, written.remaining()));
                        },
                        failure -> {
                            page.waiting().forEach(w -> w.fail(failure));
                            write(run, pause(run, 0));
                        });
    }

    /** Gives what is to be written without a pause. */
    private synchronized @Nullable Page pause(RunId run, int missing) {
        Book book = books.computeIfAbsent(run, r -> new Book());
        book.missing = missing;
        if (book.isComplete()) {
            return book.turn();
        }
        book.pause = vertx.setTimer(PAUSE_MILLIS, id -> write(run, resume(run)));
        return null;
    }

    /** Closes the book if nothing has come in. */
    private synchronized @Nullable Page resume(RunId run) {
        Book book = books.get(run);
        if (book == null || book.pause == null) {
            return null;
        }
        book.pause = null;
        if (book.page.waiting().isEmpty()) {
            books.remove(run);
            return null;
        }
        return book.turn();
    }
}
