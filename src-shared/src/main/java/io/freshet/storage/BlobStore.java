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
 * Blobs of one container, with the operations that the engine needs. Every call is lazy (nothing happens before
 * subscription), has a time-out and bounded retries, and fails with {@link io.freshet.failure.Transient} if a retry may
 * help, otherwise with {@link io.freshet.failure.Permanent}. Names are paths inside the container; offsets are 0-based
 * bytes.
 *
 * <p>A retried write whose first response was lost meets its own effect: a conditional write then reports {@link
 * Written#conflict}, as if another writer had won. Callers treat both alike.
 */
public interface BlobStore {

    /** Creates the container if it does not exist. */
    Uni<Void> ensureContainer();

    /** Reads a whole small blob (a document of at most a few MiB); empty if it does not exist. */
    Uni<Optional<Content>> read(String name);

    /**
     * Reads a whole small blob unless it still has this ETag, so that frequent readers only pay for changes.
     *
     * @param etag ETag of the bytes that the caller already has, or null
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

    /** Properties of a blob; empty if it does not exist. */
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

    /** The committed and the staged blocks of a blob; an id may have one of each. Empty if there is no such blob. */
    Uni<List<Block>> blockList(String name);

    /**
     * Commits the blob as these blocks in this order, whether staged or committed before; all other blocks are dropped.
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

    /** Deletes a blob if it still has this ETag. False if it has changed or is gone. */
    Uni<Boolean> deleteUnchanged(String name, String etag);

    /**
     * Acquires a lease for 15 to 60 seconds.
     *
     * @param leaseId a UUID chosen by the caller; acquiring the same lease again succeeds
     */
    Uni<LeaseResult> acquireLease(String name, String leaseId, Duration duration);

    /** Renews a lease for its duration. False if it is no longer held or the blob is gone. */
    Uni<Boolean> renewLease(String name, String leaseId);

    /** Releases a lease. It is not an error if the lease is not held or the blob is gone. */
    Uni<Void> releaseLease(String name, String leaseId);

    /** Breaks any lease on the blob at once. It is not an error if there is no lease or no blob. */
    Uni<Void> breakLease(String name);

    /** A whole blob and its ETag. */
    record Content(byte[] bytes, String etag) {}

    /** What a conditional read found. */
    sealed interface Reading {
        Reading ABSENT = new Absent();
        Reading UNCHANGED = new Unchanged();

        record Absent() implements Reading {}

        record Unchanged() implements Reading {}

        record Changed(Content content) implements Reading {}
    }

    /** Attributes written with a blob. Metadata keys are lower-case letters and digits. */
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

    /** Result of a write: the new ETag, or none if its condition was not met. */
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
     * @param committed whether it is committed; otherwise it is staged, and a commit prefers it to a committed one of
     *     the same id
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
     * @param lastModified with a precision of seconds
     */
    record BlobInfo(
            String name,
            long length,
            String etag,
            String contentType,
            Instant lastModified,
            Map<String, String> metadata,
            LeaseState lease) {

        /** Whether it is currently leased. */
        public boolean leased() {
            return lease == LeaseState.HELD;
        }
    }

    enum LeaseState {
        /** Never leased, or released. */
        FREE,
        HELD,
        /** Expired or broken: its holder did not release it. */
        ABANDONED
    }

    /**
     * How to list.
     *
     * @param pageSize maximum number of entries, 1 to 5,000
     * @param token where to continue, from the previous page; null for the first
     * @param detail whether to include metadata, or blobs that only have staged blocks
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

    /**
     * Entries, and where to continue; {@code next} is null on the last page. A page may be empty without being the
     * last.
     */
    record Page<T>(List<T> entries, @Nullable String next) {
        public Page {
            entries = List.copyOf(entries);
        }
    }
}
