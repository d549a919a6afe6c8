package io.freshet.watcher.instances;

import io.freshet.coordination.StepRuns;
import io.freshet.items.ItemFolders;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RaisedEvents;
import io.freshet.storage.Remains;
import io.freshet.storage.Remains.Note;
import io.freshet.storage.StreamedLines;
import io.freshet.storage.StreamedLines.Streamed;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Removes what purged or replaced instances have left behind: runs with their inputs and outputs, lines, events. It
 * does so twice, because a worker may finish an input after the first time.
 */
@Singleton
public final class Leftovers {
    private static final Logger LOG = Logger.getLogger(Leftovers.class);
    private static final int AT_ONCE = 8;
    /** How long a foreign worker may hide a message, with some reserve. */
    private static final Duration SECOND_LOOK = Duration.ofMinutes(2);
    /** An announced change that has not happened by then never will. */
    private static final Duration LONGEST_CHANGE = Duration.ofMinutes(10);

    private static final Duration OLD_LINES = Duration.ofHours(24);

    private final Remains remains;
    private final InstanceStore store;
    private final StepRuns runs;
    private final ItemFolders items;
    private final StreamedLines lines;
    private final RaisedEvents events;
    private final Clock clock;

    Leftovers(
            Remains remains,
            InstanceStore store,
            StepRuns runs,
            ItemFolders items,
            StreamedLines lines,
            RaisedEvents events,
            Clock clock) {
        this.remains = remains;
        this.store = store;
        this.runs = runs;
        this.items = items;
        this.lines = lines;
        this.events = events;
        this.clock = clock;
    }

    /** Continues where the last sweep ended. */
    public Uni<Void> sweep() {
        return remains.all()
                .filter(this::isDue)
                .onItem()
                .transformToUni(note -> sweep(note)
                        .onFailure()
                        .invoke(t -> LOG.warnf(
                                "Could not remove what instance '%s' has left behind and will retry: %s",
                                note.id(), t.getMessage()))
                        .onFailure()
                        .recoverWithNull())
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private boolean isDue(Note note) {
        return !note.removed() || isOlder(note.at(), SECOND_LOOK);
    }

    private boolean isOlder(Instant at, Duration age) {
        return at.plus(age).isBefore(clock.instant());
    }

    private Uni<Void> sweep(Note note) {
        return store.isGone(note.id(), note.generation()).flatMap(gone -> gone ? remove(note) : dropIfOld(note));
    }

    /** The process that wanted to replace or purge the instance has died, or another one was faster. */
    private Uni<Void> dropIfOld(Note note) {
        return isOlder(note.at(), LONGEST_CHANGE)
                ? remains.drop(note)
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> remove(Note note) {
        return Multi.createFrom()
                .iterable(note.runs())
                .onItem()
                .transformToUniAndConcatenate(run -> runs.remove(run).replaceWith(run))
                .collect()
                .last()
                .chain(() -> removeItems(note))
                .chain(() -> lines.remove(note.id(), note.execution()))
                .chain(() -> events.removeAll(note.id(), note.execution()))
                .chain(() -> note.removed() ? remains.drop(note) : remains.removed(note));
    }

    /** For the first step of the first instance of an id, the folder is named after the id. */
    private Uni<Void> removeItems(Note note) {
        Stream<String> byId = note.generation() == 0 ? Stream.of(note.id().encoded()) : Stream.empty();
        Stream<String> byRun = note.runs().stream().map(Object::toString);
        return Multi.createFrom()
                .items(Stream.concat(byId, byRun))
                .onItem()
                .transformToUniAndConcatenate(folder -> items.remove(folder).replaceWith(folder))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Removes lines that were streamed for an instance but never used to start it. */
    public Uni<Void> sweepLines() {
        return lines.streamedBefore(clock.instant().minus(OLD_LINES))
                .onItem()
                .transformToUni(this::removeIfNobodys)
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> removeIfNobodys(Streamed streamed) {
        return store.execution(streamed.id())
                .flatMap(token -> token.filter(streamed.token()::equals).isPresent()
                        ? Uni.createFrom().voidItem()
                        : lines.remove(streamed.id(), streamed.token()));
    }
}
