package io.freshet.storage;

import io.freshet.instance.InstanceId;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notes about what purged or replaced instances leave behind. Each is written beforehand and removed when everything
 * that it names is gone.
 */
@Singleton
public final class Remains {
    private static final String RUNS = "runs";
    private static final String EXECUTION = "execution";
    private static final String REMOVED = "removed";

    private final BlobStore blobs;

    public Remains(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * What one instance leaves behind.
     *
     * @param generation of the instance
     * @param execution token of the execution
     * @param runs of its steps
     * @param removed whether everything has been removed once; late workers may leave something after that
     * @param at when the note was last written
     */
    public record Note(InstanceId id, int generation, String execution, List<RunId> runs, boolean removed, Instant at) {
        public Note {
            runs = List.copyOf(runs);
        }
    }

    /** All notes, in no particular order. */
    public Multi<Note> all() {
        return Listings.blobs(blobs, InstanceFiles.REMAINS, Detail.WITH_METADATA)
                .onItem()
                .transformToIterable(blob -> note(blob).stream().toList());
    }

    /** Everything has been removed once. */
    public Uni<Void> removed(Note note) {
        return write(note.id(), note.generation(), metadata(note.execution(), text(note.runs()), true));
    }

    /** Removes a note: nothing is left, or the instance still exists. */
    public Uni<Void> drop(Note note) {
        return blobs.delete(InstanceFiles.remains(note.id(), note.generation()), null)
                .replaceWithVoid();
    }

    /** Writes the note for an instance that is about to be purged or replaced. */
    Uni<Void> leave(InstanceSummary instance) {
        return write(instance.id(), instance.generation(), metadata(instance.execution(), instance.runs(), false));
    }

    private Uni<Void> write(InstanceId id, int generation, Map<String, String> metadata) {
        return blobs.put(
                        InstanceFiles.remains(id, generation),
                        List.of(),
                        new Attributes("text/plain", metadata),
                        Condition.ALWAYS)
                .replaceWithVoid();
    }

    private static Map<String, String> metadata(String execution, String runs, boolean removed) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(EXECUTION, execution);
        if (!runs.isEmpty()) {
            metadata.put(RUNS, runs);
        }
        if (removed) {
            metadata.put(REMOVED, "true");
        }
        return metadata;
    }

    private static String text(List<RunId> runs) {
        return String.join(" ", runs.stream().map(RunId::toString).toList());
    }

    private static Optional<Note> note(BlobInfo blob) {
        Map<String, String> metadata = blob.metadata();
        List<RunId> runs = Arrays.stream(metadata.getOrDefault(RUNS, "").split(" "))
                .flatMap(run -> RunId.read(run).stream())
                .toList();
        return InstanceFiles.parseRemains(blob.name())
                .map(of -> new Note(
                        of.id(),
                        of.generation(),
                        metadata.getOrDefault(EXECUTION, ""),
                        runs,
                        metadata.containsKey(REMOVED),
                        blob.lastModified()));
    }
}
