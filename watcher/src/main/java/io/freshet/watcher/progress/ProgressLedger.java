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
 * Writes outcomes into the documents of runs: one write at a time per run, with everything that has arrived meanwhile.
 * So a document is written at most a few times a second, however many events there are. Neither the first outcome after
 * a pause nor the last one of a run waits for others.
 */
@Singleton
public final class ProgressLedger {
    private static final int PAUSE_MILLIS = 200;

    private final RunStore store;
    private final Clock clock;
    private final Vertx vertx;
    private final Backlog backlog;
    private final Map<RunId, Book> books = new HashMap<>();

    /** Outcomes of one run that are waiting to be written, and the callers waiting for that. */
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
        /** Timer until which nothing is written; null during a write. */
        private @Nullable Long pause;

        private int missing;

        /** Whether the waiting outcomes may be all that the run lacks. */
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

    /** Like {@link #record(RunId, List)}, unless the run has been rerun by then. */
    public Uni<Run> recordOfExecution(Run run, List<? extends ItemOutcome> outcomes) {
        return record(run.id(), new Entry(outcomes, now -> now.isSameExecution(run)));
    }

    private Uni<Run> record(RunId run, Entry entry) {
        return Uni.createFrom().emitter(emitter -> write(run, add(run, entry, emitter)));
    }

    /** Returns what to write now; null during a write or the pause after it. */
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

    /** Returns what to write without a pause; null if there is one. */
    private synchronized @Nullable Page pause(RunId run, int missing) {
        Book book = books.computeIfAbsent(run, r -> new Book());
        book.missing = missing;
        if (book.isComplete()) {
            return book.turn();
        }
        book.pause = vertx.setTimer(PAUSE_MILLIS, id -> write(run, resume(run)));
        return null;
    }

    /** Returns what to write after a pause; closes the book if nothing has arrived. */
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
