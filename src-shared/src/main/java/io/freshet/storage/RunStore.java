package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Content;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Reading;
import io.freshet.storage.BlobStore.Written;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The documents of runs. They change only by compare-and-set, so no change is ever lost. */
@Singleton
public final class RunStore {
    private static final Attributes JSON = Attributes.ofType("application/json");
    private static final Attributes MARKER = Attributes.ofType("text/plain");
    private static final int RACES = 20;
    private static final Duration FIRST_WAIT = Duration.ofMillis(10);
    private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

    private final BlobStore blobs;

    public RunStore(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * The run with this id; empty if there is none. A deleted run keeps its document until everything else is removed.
     */
    public Uni<Optional<Run>> find(RunId id) {
        return blobs.read(RunFiles.document(id)).map(found -> found.map(c -> RunDocument.read(c.bytes())));
    }

    /** The run and the version of its document, unless it still has this version. */
    public Uni<Look> findIfChanged(RunId id, @Nullable String version) {
        return blobs.readIfChanged(RunFiles.document(id), version).map(reading -> switch (reading) {
            case Reading.Absent r -> Look.ABSENT;
            case Reading.Unchanged r -> Look.UNCHANGED;
            case Reading.Changed r ->
                new Look.Changed(
                        RunDocument.read(r.content().bytes()), r.content().etag());
        });
    }

    /** Result of reading a run that was read before. */
    public sealed interface Look {
        Look ABSENT = new Absent();
        Look UNCHANGED = new Unchanged();

        record Absent() implements Look {}

        record Unchanged() implements Look {}

        record Changed(Run run, String version) implements Look {}
    }

    /** Releases a run that has been marked active. False if a document with this id exists. */
    public Uni<Boolean> create(Run run) {
        return blobs.put(RunFiles.document(run.id()), content(run), JSON, Condition.IF_ABSENT)
                .map(written -> !written.conflict());
    }

    /**
     * Applies a change to the latest state, again if another writer was faster; writes nothing if the change returns an
     * equal run. It is applied only once even if the response to the first write was lost. Fails with NOT_FOUND if
     * there is no such run, and with whatever the change throws.
     */
    public Uni<Run> update(RunId id, UnaryOperator<Run> change) {
        AtomicReference<@Nullable Run> written = new AtomicReference<>();
        return Uni.createFrom()
                .deferred(() -> attempt(id, run -> run.equals(written.get()) ? run : changed(run, change, written)))
                .onFailure(RunStore::lostRace)
                .retry()
                .withBackOff(FIRST_WAIT, LONGEST_WAIT)
                .atMost(RACES);
    }

    /**
     * Applies a change, like {@link #update}, to a run that may have ended, so that it is reconciled again. Marks the
     * run active before and after the change: a watcher may be removing the marker in between.
     */
    public Uni<Run> reopen(RunId id, UnaryOperator<Run> change) {
        return markActive(id).chain(() -> update(id, change)).eventually(() -> markAgain(id));
    }

    private static Run changed(Run before, UnaryOperator<Run> change, AtomicReference<@Nullable Run> written) {
        Run after = change.apply(before);
        written.set(after);
        return after;
    }

    private Uni<Run> attempt(RunId id, UnaryOperator<Run> change) {
        return blobs.read(RunFiles.document(id))
                .flatMap(found -> found.isPresent()
                        ? write(id, found.get(), change)
                        : Uni.createFrom().failure(new Permanent(FailureCode.NOT_FOUND, "There is no run " + id)));
    }

    private Uni<Run> write(RunId id, Content current, UnaryOperator<Run> change) {
        Run before = RunDocument.read(current.bytes());
        Run after = change.apply(before);
        return after.equals(before)
                ? Uni.createFrom().item(before)
                : blobs.put(RunFiles.document(id), content(after), JSON, new Condition.IfMatch(current.etag()))
                        .map(written -> accepted(written, after));
    }

    private static Run accepted(Written written, Run run) {
        if (written.conflict()) {
            throw new Transient(FailureCode.CONFLICT, "Run " + run.id() + " was changed at the same time", null);
        }
        return run;
    }

    private static boolean lostRace(Throwable t) {
        return t instanceof Transient f && f.code() == FailureCode.CONFLICT;
    }

    private static List<ByteBuffer> content(Run run) {
        return List.of(ByteBuffer.wrap(RunDocument.write(run)));
    }

    /** Removes the document, the last blob of a deleted run. */
    public Uni<Void> remove(RunId id) {
        return blobs.delete(RunFiles.document(id), null).replaceWithVoid();
    }

    /** Marks a run as being uploaded, before anything else is written. An existing marker keeps its age. */
    public Uni<Void> markUploading(RunId id) {
        return blobs.put(RunFiles.uploading(id), List.of(), MARKER, Condition.IF_ABSENT)
                .replaceWithVoid();
    }

    /** Removes the marker: the run is released, or nothing is left of it. */
    public Uni<Void> unmarkUploading(RunId id) {
        return blobs.delete(RunFiles.uploading(id), null).replaceWithVoid();
    }

    /** Marks the run active, before its document is written. */
    public Uni<Void> markActive(RunId id) {
        return blobs.put(RunFiles.active(id), List.of(), MARKER, Condition.ALWAYS)
                .replaceWithVoid();
    }

    /**
     * Marks a released run again, so that it is reconciled. If it is being removed at this moment, no marker stays: the
     * document is removed first, then the marker.
     */
    public Uni<Void> markAgain(RunId id) {
        return markActive(id)
                .chain(() -> find(id))
                .flatMap(run -> run.isPresent() ? Uni.createFrom().voidItem() : unmarkActive(id));
    }

    /** Removes the marker of a run that is gone. */
    public Uni<Void> unmarkActive(RunId id) {
        return blobs.delete(RunFiles.active(id), null).replaceWithVoid();
    }

    /** Identifies the current marker for {@link #forget}; empty if the run is not marked. */
    public Uni<Optional<String>> marker(RunId id) {
        return blobs.describe(RunFiles.active(id)).map(found -> found.map(BlobInfo::etag));
    }

    /**
     * Removes the marker of a run that is finished and announced, but not one written since.
     *
     * @param marker result of {@link #marker} before the run was last read
     * @return true for exactly one of concurrent callers
     */
    public Uni<Boolean> forget(RunId id, String marker) {
        return blobs.deleteUnchanged(RunFiles.active(id), marker);
    }

    /**
     * Ids of all runs that are marked active, newest month last, newest first within a month. Foreign blobs are
     * skipped.
     */
    public Multi<RunId> active() {
        return marked(RunFiles.ACTIVE_PREFIX, blob -> true);
    }

    /** Ids of all runs that have been marked as being uploaded since before this time. */
    public Multi<RunId> uploadingSinceBefore(Instant before) {
        return marked(RunFiles.UPLOADING_PREFIX, blob -> blob.lastModified().isBefore(before));
    }

    private Multi<RunId> marked(String prefix, Predicate<BlobInfo> which) {
        return Listings.blobs(blobs, prefix, Listing.Detail.PLAIN)
                .filter(which)
                .map(blob -> RunId.read(blob.name().substring(prefix.length())))
                .onItem()
                .transformToIterable(id -> id.stream().toList());
    }
}
