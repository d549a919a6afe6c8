package io.freshet.storage;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.instance.InstanceId;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Lines streamed by clients as inputs. Each execution of an instance has its own. */
@Singleton
public final class StreamedLines {
    /** Maximum that the service copies in one request. */
    private static final long LONGEST_COPY = 256L << 20;
    /** Size of the pieces that we copy ourselves if the service cannot. */
    private static final int LONGEST_READ = 4 << 20;

    private static final Attributes NDJSON = Attributes.ofType("application/x-ndjson");

    private final BlobStore blobs;

    public StreamedLines(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * Copies lines for another execution. Fails with NOT_FOUND if they are gone.
     *
     * @return name of the copy
     */
    public Uni<String> copy(String lines, InstanceId id, String token) {
        String copy = InstanceFiles.lines(id, token);
        return blobs.describe(lines)
                .flatMap(found -> found.isEmpty()
                        ? Uni.createFrom().failure(new Permanent(FailureCode.NOT_FOUND, "The lines no longer exist"))
                        : copied(found.get(), copy))
                .flatMap(blocks -> blobs.commitBlocks(copy, blocks, NDJSON, Condition.ALWAYS))
                .replaceWith(copy);
    }

    private Uni<List<String>> copied(BlobInfo lines, String copy) {
        return staged(
                        lines,
                        LONGEST_COPY,
                        range -> blobs.stageBlockFrom(copy, range.id(), lines.name(), range.offset(), range.length()))
                .onFailure(t -> FreshetException.is(t, FailureCode.NOT_SUPPORTED))
                .recoverWithUni(() -> staged(
                        lines,
                        LONGEST_READ,
                        range -> blobs.readRange(lines.name(), range.offset(), (int) range.length(), lines.etag())
                                .flatMap(bytes -> blobs.stageBlock(copy, range.id(), List.of(bytes)))));
    }

    private record Range(String id, long offset, long length) {}

    private interface Staging {
        Uni<Void> of(Range range);
    }

    private static Uni<List<String>> staged(BlobInfo lines, long most, Staging staging) {
        List<Range> ranges = new ArrayList<>();
        for (long offset = 0; offset < lines.length(); offset += most) {
            String id = String.format(Locale.ROOT, "lines%08d", ranges.size());
            ranges.add(new Range(id, offset, Math.min(most, lines.length() - offset)));
        }
        return Multi.createFrom()
                .iterable(ranges)
                .onItem()
                .transformToUniAndConcatenate(range -> staging.of(range).replaceWith(range.id()))
                .collect()
                .asList();
    }

    /** Removes lines that are no longer needed. */
    public Uni<Void> remove(InstanceId id, String token) {
        return blobs.delete(InstanceFiles.lines(id, token), null).replaceWithVoid();
    }

    /** Lines of an execution. */
    public record Streamed(InstanceId id, String token) {}

    /** All lines that were streamed before this time. */
    public Multi<Streamed> streamedBefore(Instant time) {
        return Listings.blobs(blobs, InstanceFiles.LINES, Detail.PLAIN)
                .filter(blob -> blob.lastModified().isBefore(time))
                .onItem()
                .transformToIterable(blob ->
                        InstanceFiles.parseLines(blob.name()).map(of -> new Streamed(of.id(), of.token())).stream()
                                .toList());
    }
}
