package io.freshet.watcher.progress;

import io.freshet.run.ItemOutcome;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.RunStore;
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
 */
@Singleton
public final class ProgressLedger {
    private static final int PAUSE_MILLIS = 200;

    private final RunStore store;
    private final Clock clock;
    private final Vertx vertx;
    private final Map<RunId, Page> open = new HashMap<>();

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
    }

    private record Entry(List<? extends ItemOutcome> outcomes, Predicate<Run> concerns) {}

    public ProgressLedger(RunStore store, Clock clock, Vertx vertx) {
        this.store = store;
        this.clock = clock;
        this.vertx = vertx;
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
        return Uni.createFrom().emitter(emitter -> {
            if (add(run, entry, emitter)) {
                write(run);
            }
        });
    }

    /** True if nobody is writing this run's page yet, so that the caller has to. */
    private synchronized boolean add(RunId run, Entry entry, UniEmitter<? super Run> emitter) {
        boolean first = !open.containsKey(run);
        Page page = open.computeIfAbsent(run, r -> Page.empty());
        page.entries().add(entry);
        page.waiting().add(emitter);
        return first;
    }

    private void write(RunId run) {
        Page page = turn(run);
        if (page == null) {
            return;
        }
        store.update(run, current -> current.apply(page.outcomes(current), clock))
                .subscribe()
                .with(
                        written -> finish(run, () -> page.waiting().forEach(w -> w.complete(written))),
                        failure -> finish(run, () -> page.waiting().forEach(w -> w.fail(failure))));
    }

    private void finish(RunId run, Runnable tell) {
        tell.run();
        vertx.setTimer(PAUSE_MILLIS, id -> write(run));
    }

    /** Takes what has come in and opens a new page; closes the book if nothing has. */
    private synchronized @Nullable Page turn(RunId run) {
        Page page = open.get(run);
        if (page == null || page.waiting().isEmpty()) {
            open.remove(run);
            return null;
        }
        open.put(run, Page.empty());
        return page;
    }
}
