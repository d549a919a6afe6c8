package io.freshet.testing;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Uni;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The storage port in memory; passes the same contract as the real one. */
public final class InMemoryBlobStore implements BlobStore {
    private final TreeMap<String, Stored> blobs = new TreeMap<>();
    private final Map<String, Map<String, byte[]>> staged = new HashMap<>();
    private final Map<String, Map<String, byte[]>> committed = new HashMap<>();
    private final Map<String, Lease> leases = new HashMap<>();
    private final Clock clock;
    private long version;

    private record Stored(byte[] bytes, String etag, Attributes attributes, Instant modified) {}

    private record Lease(String id, Duration duration, Instant end) {}

    public InMemoryBlobStore(Clock clock) {
        this.clock = clock;
    }

    /** Names of all blobs, in lexical order. */
    public synchronized List<String> names() {
        return List.copyOf(blobs.keySet());
    }

    private synchronized <T> T locked(Supplier<T> action) {
        return action.get();
    }

    private <T> Uni<T> uni(Supplier<T> action) {
        return Uni.createFrom().item(() -> locked(action));
    }

    @Override
    public Uni<Void> ensureContainer() {
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<Optional<Content>> read(String name) {
        return uni(() -> Optional.ofNullable(blobs.get(name)).map(b -> new Content(b.bytes.clone(), b.etag)));
    }

    @Override
    public Uni<ByteBuffer> readRange(String name, long offset, int length, @Nullable String etag) {
        return uni(() -> {
            Stored blob = blobs.get(name);
            if (blob == null) {
                throw new Permanent(FailureCode.NOT_FOUND, "GetBlob answered 404");
            }
            if (etag != null && !etag.equals(blob.etag)) {
                throw new Permanent(FailureCode.PRECONDITION_FAILED, "GetBlob answered 412");
            }
            int from = (int) Math.min(offset, blob.bytes.length);
            return ByteBuffer.wrap(blob.bytes, from, Math.min(length, blob.bytes.length - from))
                    .slice();
        });
    }

    @Override
    public Uni<Optional<BlobInfo>> describe(String name) {
        return uni(() -> Optional.ofNullable(blobs.get(name)).map(b -> info(name, b)));
    }

    @Override
    public Uni<Written> put(String name, List<ByteBuffer> content, Attributes attributes, Condition condition) {
        return uni(() -> write(name, join(content), attributes, condition));
    }

    private Written write(String name, byte[] bytes, Attributes attributes, Condition condition) {
        Stored before = blobs.get(name);
        boolean allowed = switch (condition) {
            case Condition.Always c -> true;
            case Condition.IfAbsent c -> before == null;
            case Condition.IfMatch c -> before != null && before.etag.equals(c.etag());
        };
        if (!allowed || isLeased(name)) {
            return Written.CONFLICT;
        }
        String etag = "\"" + ++version + "\"";
        blobs.put(name, new Stored(bytes, etag, attributes, clock.instant()));
        staged.remove(name);
        committed.remove(name);
        return new Written(Optional.of(etag));
    }

    @Override
    public Uni<Void> stageBlock(String name, String blockId, List<ByteBuffer> content) {
        return uni(() -> stage(name, blockId, join(content)));
    }

    private Void stage(String name, String blockId, byte[] bytes) {
        staged.computeIfAbsent(name, n -> new HashMap<>()).put(blockId, bytes);
        return null;
    }

    @Override
    public Uni<Void> stageBlockFrom(String name, String blockId, String source, long offset, long length) {
        return uni(() -> {
            Stored from = blobs.get(source);
            if (from == null) {
                throw new Permanent(FailureCode.NOT_FOUND, "PutBlockFromURL answered 404");
            }
            byte[] range = new byte[(int) length];
            System.arraycopy(from.bytes, (int) offset, range, 0, range.length);
            return stage(name, blockId, range);
        });
    }

    @Override
    public Uni<Written> commitBlocks(String name, List<String> blockIds, Attributes attributes, Condition condition) {
        return uni(() -> {
            Map<String, byte[]> blocks = new LinkedHashMap<>();
            blockIds.forEach(id -> blocks.put(id, latest(name, id)));
            byte[] whole = join(
                    blockIds.stream().map(id -> ByteBuffer.wrap(blocks.get(id))).toList());
            Written written = write(name, whole, attributes, condition);
            if (!written.conflict()) {
                committed.put(name, blocks);
            }
            return written;
        });
    }

    private byte[] latest(String name, String id) {
        byte[] made = committed.getOrDefault(name, Map.of()).get(id);
        byte[] block = staged.getOrDefault(name, Map.of()).getOrDefault(id, made);
        if (block == null) {
            throw new Permanent(FailureCode.STORAGE_REFUSED, "PutBlockList answered 400");
        }
        return block;
    }

    @Override
    public Uni<List<Block>> blockList(String name) {
        return uni(() -> Stream.concat(blocks(committed, name, true), blocks(staged, name, false))
                .toList());
    }

    private static Stream<Block> blocks(Map<String, Map<String, byte[]>> of, String name, boolean committed) {
        return of.getOrDefault(name, Map.of()).entrySet().stream()
                .map(block -> new Block(block.getKey(), block.getValue().length, committed));
    }

    @Override
    public Uni<Boolean> setMetadata(String name, Map<String, String> metadata, @Nullable String lease) {
        return uni(() -> {
            Stored blob = blobs.get(name);
            if (blob == null || !holds(name, lease)) {
                return false;
            }
            Attributes attributes = new Attributes(blob.attributes.contentType(), metadata);
            blobs.put(name, new Stored(blob.bytes, "\"" + ++version + "\"", attributes, clock.instant()));
            return true;
        });
    }

    @Override
    public Uni<Page<BlobInfo>> list(String prefix, Listing listing) {
        return uni(() -> {
            List<BlobInfo> entries = blobs.tailMap(from(prefix, listing), listing.token() == null).entrySet().stream()
                    .filter(e -> e.getKey().startsWith(prefix))
                    .limit(listing.pageSize() + 1L)
                    .map(e -> info(e.getKey(), e.getValue()))
                    .toList();
            boolean more = entries.size() > listing.pageSize();
            List<BlobInfo> page = more ? entries.subList(0, listing.pageSize()) : entries;
            return new Page<>(page, more ? page.getLast().name() : null);
        });
    }

    @Override
    public Uni<Page<String>> listFolders(String prefix, Listing listing) {
        return uni(() -> {
            String after = listing.token() == null ? "" : listing.token();
            List<String> folders = blobs.keySet().stream()
                    .filter(n -> n.startsWith(prefix) && n.indexOf('/', prefix.length()) > 0)
                    .map(n -> n.substring(0, n.indexOf('/', prefix.length()) + 1))
                    .distinct()
                    .filter(n -> n.compareTo(after) > 0)
                    .limit(listing.pageSize() + 1L)
                    .toList();
            boolean more = folders.size() > listing.pageSize();
            List<String> page = more ? folders.subList(0, listing.pageSize()) : folders;
            return new Page<>(page, more ? page.getLast() : null);
        });
    }

    private static String from(String prefix, Listing listing) {
        return listing.token() == null ? prefix : listing.token();
    }

    @Override
    public Uni<Deletion> delete(String name, @Nullable String lease) {
        return uni(() -> {
            if (!blobs.containsKey(name)) {
                return Deletion.ABSENT;
            }
            if (!holds(name, lease)) {
                return Deletion.LEASED;
            }
            blobs.remove(name);
            committed.remove(name);
            leases.remove(name);
            return Deletion.DELETED;
        });
    }

    @Override
    public Uni<Boolean> deleteUnchanged(String name, String etag) {
        return uni(() -> {
            Stored blob = blobs.get(name);
            return blob != null && blob.etag.equals(etag) && !isLeased(name) && blobs.remove(name) != null;
        });
    }

    @Override
    public Uni<LeaseResult> acquireLease(String name, String leaseId, Duration duration) {
        return uni(() -> {
            if (!blobs.containsKey(name)) {
                return LeaseResult.ABSENT;
            }
            if (isLeased(name) && !leases.get(name).id.equals(leaseId)) {
                return LeaseResult.HELD_BY_ANOTHER;
            }
            leases.put(name, new Lease(leaseId, duration, clock.instant().plus(duration)));
            return LeaseResult.ACQUIRED;
        });
    }

    @Override
    public Uni<Boolean> renewLease(String name, String leaseId) {
        return uni(() -> {
            Lease lease = leases.get(name);
            boolean broken = lease != null && lease.end.equals(Instant.MIN);
            if (!blobs.containsKey(name) || lease == null || broken || !lease.id.equals(leaseId)) {
                return false;
            }
            leases.put(name, new Lease(leaseId, lease.duration, clock.instant().plus(lease.duration)));
            return true;
        });
    }

    @Override
    public Uni<Void> releaseLease(String name, String leaseId) {
        return uni(() -> {
            leases.computeIfPresent(name, (n, lease) -> lease.id.equals(leaseId) ? null : lease);
            return null;
        });
    }

    @Override
    public Uni<Void> breakLease(String name) {
        return uni(() -> {
            leases.computeIfPresent(name, (n, lease) -> new Lease(lease.id, lease.duration, Instant.MIN));
            return null;
        });
    }

    private boolean isLeased(String name) {
        Lease lease = leases.get(name);
        return lease != null && lease.end.isAfter(clock.instant());
    }

    private boolean holds(String name, @Nullable String lease) {
        return isLeased(name) ? leases.get(name).id.equals(lease) : lease == null;
    }

    private BlobInfo info(String name, Stored blob) {
        return new BlobInfo(
                name,
                blob.bytes.length,
                blob.etag,
                blob.attributes.contentType(),
                blob.modified,
                blob.attributes.metadata(),
                lease(name));
    }

    private LeaseState lease(String name) {
        return isLeased(name) ? LeaseState.HELD : leases.containsKey(name) ? LeaseState.ABANDONED : LeaseState.FREE;
    }

    private static byte[] join(List<ByteBuffer> content) {
        ByteBuffer joined = ByteBuffer.allocate(
                content.stream().mapToInt(ByteBuffer::remaining).sum());
        content.forEach(part -> joined.put(part.duplicate()));
        return joined.array();
    }
}
