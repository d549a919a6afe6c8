package io.freshet.storage;

import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Blobs of one container, as much of them as the engine needs. Every call is lazy (nothing happens before
 * subscription), has a time-out and bounded retries, and fails with {@link io.freshet.failure.Transient} when another
 * try may help, else with {@link io.freshet.failure.Permanent}. Names are paths inside the container; offsets are
 * 0-based bytes.
 *
 * <p>A retried write whose first answer was lost meets its own effect: conditional writes then report
 * {@link Written#conflict}, exactly as if another writer had won. Callers treat both alike.
 */
public interface BlobStore {

    /** Makes the container if it is not there. */
    Uni<Void> ensureContainer();

    /** A whole small blob (documents; at most a few MiB), or nothing if it does not exist. */
    Uni<Optional<Content>> read(String name);

    /**
     * A whole small blob unless it still has this ETag, so that whoever looks often pays for changes alone.
     *
     * @param etag of the bytes that the caller has, or null if it has none
     */
    default Uni<Reading> readIfChanged(String name, @Nullable String etag) {
        return read(name)
                .map(found -> found.<Reading>map(content ->
                                content.etag().equals(etag) ? Reading.UNCHANGED : new Reading.Changed(content))
                        .orElse(Reading.ABSENT));
    }

    /**
     * Bytes {@code [offset, offset + length)}, fewer at the end of the blob. With {@code etag}, fails with
     * PRECONDITION_FAILED if the blob has changed. Fails with NOT_FOUND if there is no such blob.
     */
    Uni<ByteBuffer> readRange(String name, long offset, int length, @Nullable String etag);

    /** Properties of a blob, or nothing if it does not exist. */
    Uni<Optional<BlobInfo>> describe(String name);

    /** Writes a whole blob in one request. */
    Uni<Written> put(String name, List<ByteBuffer> content, Attributes attributes, Condition condition);

    /**
     * Stages a block; nothing is visible before {@link #commitBlocks}.
     *
     * @param blockId any text; all ids of a blob have the same length, at most 64 bytes
     */
    Uni<Void> stageBlock(String name, String blockId, List<ByteBuffer> content);

    /**
     * Stages a range of another blob of this container as a block; the service copies. Fails with NOT_SUPPORTED if the
     * service cannot (emulators answer 501).
     */
    Uni<Void> stageBlockFrom(String name, String blockId, String source, long offset, long length);

    /**
     * The blocks that the blob is made of, and those that are only staged: an id may have one of each. None if there is
     * no such blob.
     */
    Uni<List<Block>> blockList(String name);

    /**
     * Makes the blob out of blocks, in this order, staged ones or those that it is made of already; every other block is
     * dropped.
     */
    Uni<Written> commitBlocks(String name, List<String> blockIds, Attributes attributes, Condition condition);

    /**
     * Replaces the metadata of a blob. False if the blob is gone or the lease is not the one that holds it.
     *
     * @param lease id of the lease that holds the blob, or null
     */
    Uni<Boolean> setMetadata(String name, Map<String, String> metadata, @Nullable String lease);

    /** One page of blobs whose names begin with {@code prefix}, in lexical order. */
    Uni<Page<BlobInfo>> list(String prefix, Listing listing);

    /** One page of the "folders" directly below {@code prefix}, each with its slash, in lexical order. */
    Uni<Page<String>> listFolders(String prefix, Listing listing);

    /**
     * Deletes a blob.
     *
     * @param lease id of the lease that holds the blob, or null
     * @return DELETED, ABSENT, or LEASED if another lease holds it
     */
    Uni<Deletion> delete(String name, @Nullable String lease);

    /** Deletes a blob if it still is the one of this ETag. False if it has changed, or is gone. */
    Uni<Boolean> deleteUnchanged(String name, String etag);

    /**
     * Takes a lease for 15 to 60 seconds.
     *
     * @param leaseId a UUID of the caller's choice; taking the same lease again succeeds
     */
    Uni<LeaseResult> acquireLease(String name, String leaseId, Duration duration);

    /** Prolongs a lease by its duration. False if it is no longer held, or the blob is gone. */
    Uni<Boolean> renewLease(String name, String leaseId);

    /** Ends a lease; a lease that is not held, or a blob that is gone, is no failure. */
    Uni<Void> releaseLease(String name, String leaseId);

    /** Ends whatever lease holds the blob, at once. No lease or no blob is no failure. */
    Uni<Void> breakLease(String name);

    /** A whole blob and the ETag it had. */
    record Content(byte[] bytes, String etag) {}

    /** What a conditional read found. */
    sealed interface Reading {
        Reading ABSENT = new Absent();
        Reading UNCHANGED = new Unchanged();

        record Absent() implements Reading {}

        record Unchanged() implements Reading {}

        record Changed(Content content) implements Reading {}
    }

    /** What goes with a blob. Metadata keys are lower-case letters and digits. */
    record Attributes(String contentType, Map<String, String> metadata) {
        public Attributes {
            metadata = Map.copyOf(metadata);
        }

        public static Attributes ofType(String contentType) {
            return new Attributes(contentType, Map.of());
        }
    }

    /** When a write may happen. */
    sealed interface Condition {
        Condition ALWAYS = new Always();
        Condition IF_ABSENT = new IfAbsent();

        record Always() implements Condition {}

        record IfAbsent() implements Condition {}

        record IfMatch(String etag) implements Condition {}
    }

    /** What became of a write: the new ETag, or none if its condition did not hold. */
    record Written(Optional<String> etag) {
        public static final Written CONFLICT = new Written(Optional.empty());

        public boolean conflict() {
            return etag.isEmpty();
        }
    }

    /**
     * A block of a blob.
     *
     * @param length bytes
     * @param committed whether the blob is made of it; else it is staged, and used by a commit before a committed one
     *     of the same id
     */
    record Block(String id, long length, boolean committed) {}

    enum Deletion {
        DELETED,
        ABSENT,
        LEASED
    }

    enum LeaseResult {
        ACQUIRED,
        HELD_BY_ANOTHER,
        ABSENT
    }

    /**
     * @param contentType as written, or "" if none
     * @param lastModified in seconds precision
     */
    record BlobInfo(
            String name,
            long length,
            String etag,
            String contentType,
            Instant lastModified,
            Map<String, String> metadata,
            LeaseState lease) {

        /** Whether a lease holds it now. */
        public boolean leased() {
            return lease == LeaseState.HELD;
        }
    }

    enum LeaseState {
        /** Never taken, or released. */
        FREE,
        HELD,
        /** Ran out, or was broken: its holder did not release it. */
        ABANDONED
    }

    /**
     * How to list.
     *
     * @param pageSize entries at most, 1 to 5,000
     * @param token where to go on, from the previous page; null for the first
     * @param detail whether to bring metadata, or blobs that have only staged blocks
     */
    record Listing(int pageSize, @Nullable String token, Detail detail) {
        public static final int MAX_PAGE = 5_000;

        public enum Detail {
            PLAIN,
            WITH_METADATA,
            WITH_UNCOMMITTED
        }

        public static Listing of(Detail detail) {
            return new Listing(MAX_PAGE, null, detail);
        }

        public Listing from(@Nullable String next) {
            return new Listing(pageSize, next, detail);
        }
    }

    /** Entries, and where to go on; {@code next} is null on the last page. A page may be empty and not the last. */
    record Page<T>(List<T> entries, @Nullable String next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }
}
