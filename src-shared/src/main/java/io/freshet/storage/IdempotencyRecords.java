package io.freshet.storage;

import io.freshet.run.Run;
import io.freshet.run.RunId;
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

/** The records of idempotency keys. One blob per key: a line that identifies the request, then the run. */
@Singleton
public final class IdempotencyRecords {
    private static final Attributes TYPE = Attributes.ofType("text/plain");

    private final BlobStore blobs;

    public IdempotencyRecords(BlobStore blobs) {
        this.blobs = blobs;
    }

    /**
     * Claims a key for a request. Returns the record that holds the key from now on: this one, or an earlier one whose
     * run exists or is about to. A key whose run is gone or being deleted is free again.
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
                        ? stillHolding(name, content, record)
                        : write(name, record, new Condition.IfMatch(content.etag()))
                                .flatMap(won -> won ? Uni.createFrom().item(record) : challenge(name, record)));
    }

    /** The run exists and is not deleted, or everything it needs exists and its release was cut short. */
    private Uni<Boolean> isAlive(IdempotencyRecord holder) {
        return blobs.read(RunFiles.document(holder.run().id()))
                .flatMap(document -> document.isPresent()
                        ? Uni.createFrom()
                                .item(!RunDocument.read(document.get().bytes()).isDeleted())
                        : exists(RunFiles.active(holder.run().id())));
    }

    /**
     * A run with a marker but without a document is about to be released or has just been removed. A removal frees the
     * key first, so if the key is still held, nothing was removed.
     */
    private Uni<IdempotencyRecord> stillHolding(String name, Content content, IdempotencyRecord record) {
        return blobs.read(name)
                .flatMap(now -> now.filter(c -> c.etag().equals(content.etag())).isPresent()
                        ? Uni.createFrom().item(parse(content.bytes()))
                        : challenge(name, record));
    }

    private Uni<Boolean> exists(String name) {
        return blobs.describe(name).map(Optional::isPresent);
    }

    /** Frees the key of a run that is being removed, unless another run holds it by now. */
    public Uni<Void> free(String keyHash, RunId run) {
        String name = RunFiles.idempotency(keyHash);
        return blobs.read(name)
                .flatMap(found -> found.isPresent()
                                && parse(found.get().bytes()).run().id().equals(run)
                        ? blobs.deleteUnchanged(name, found.get().etag()).replaceWithVoid()
                        : Uni.createFrom().voidItem());
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

    /**
     * What a client's idempotency key refers to.
     *
     * @param request identifies the request: hash of the body, and the relevant parameters
     * @param run the run to be released
     */
    public record IdempotencyRecord(String request, Run run) {}
}
