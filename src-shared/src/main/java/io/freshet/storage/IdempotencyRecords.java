package io.freshet.storage;

import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Content;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The records of idempotency keys. One blob for each key: a line that identifies the request, then the run. */
@Singleton
public final class IdempotencyRecords {
    private static final Attributes TYPE = Attributes.ofType("text/plain");

    private final BlobStore blobs;

    public IdempotencyRecords(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * Claims a key for a request. Gives the record that holds the key from now on: this one, or an earlier one whose
     * run exists or is about to. A key whose run is gone is free again.
     */
    public Uni<IdempotencyRecord> claim(String keyHash, IdempotencyRecord record) {
        String name = RunFiles.idempotency(keyHash);
        return write(name, record, Condition.IF_ABSENT)
                .flatMap(won -> won ? Uni.createFrom().item(record) : challenge(name, record));
    }

    private Uni<IdempotencyRecord> challenge(String name, IdempotencyRecord record) {
        return blobs.read(name)
                .flatMap(found -> found.isPresent()
                        ? against(name, found.get(), record)
                        : write(name, record, Condition.IF_ABSENT)
                                .flatMap(won -> won ? Uni.createFrom().item(record) : challenge(name, record)));
    }

    private Uni<IdempotencyRecord> against(String name, Content content, IdempotencyRecord record) {
        IdempotencyRecord holder = parse(content.bytes());
        return isAlive(holder)
                .flatMap(alive -> alive
                        ? Uni.createFrom().item(holder)
                        : write(name, record, new Condition.IfMatch(content.etag()))
                                .flatMap(won -> won ? Uni.createFrom().item(record) : challenge(name, record)));
    }

    /** The run exists, or everything it needs does and its release was cut short. */
    private Uni<Boolean> isAlive(IdempotencyRecord holder) {
        return exists(RunFiles.document(holder.run().id()))
                .flatMap(there -> there
                        ? Uni.createFrom().item(true)
                        : exists(RunFiles.active(holder.run().id())));
    }

    private Uni<Boolean> exists(String name) {
        return blobs.describe(name).map(Optional::isPresent);
    }

    private Uni<Boolean> write(String name, IdempotencyRecord record, Condition condition) {
        ByteBuffer request = ByteBuffer.wrap((record.request() + "\n").getBytes(StandardCharsets.UTF_8));
        ByteBuffer run = ByteBuffer.wrap(RunDocument.write(record.run()));
        return blobs.put(name, List.of(request, run), TYPE, condition).map(written -> !written.conflict());
    }

    private static IdempotencyRecord parse(byte[] bytes) {
        int end = 0;
        while (bytes[end] != '\n') {
            end++;
        }
        String request = new String(bytes, 0, end, StandardCharsets.UTF_8);
        return new IdempotencyRecord(request, RunDocument.read(Arrays.copyOfRange(bytes, end + 1, bytes.length)));
    }
}
