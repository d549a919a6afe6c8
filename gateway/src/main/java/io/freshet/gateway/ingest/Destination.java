package io.freshet.gateway.ingest;

import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.Condition;
import io.freshet.storage.BlobStore.Written;
import io.smallrye.mutiny.Uni;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The blob that an upload creates, block by block. */
final class Destination {
    private final BlobStore store;
    private final String blobName;
    private final BlockPlan plan;
    private final UploadScope scope;
    private final String attempt;

    /** @param random makes 8 characters that no other upload to the same blob has, so that blocks of two attempts never mix */
    Destination(BlobStore store, String blobName, BlockPlan plan, UploadScope scope, RandomGenerator random) {
        this.store = store;
        this.blobName = blobName;
        this.plan = plan;
        this.scope = scope;
        this.attempt = HexFormat.of().toHexDigits(random.nextInt());
    }

    /** How its blocks are cut. */
    BlockPlan plan() {
        return plan;
    }

    /** @param block 0-based */
    String blockId(int block) {
        return attempt + String.format(Locale.ROOT, "%08d", block);
    }

    Uni<Void> stage(String blockId, List<ByteBuffer> content) {
        return scope.call(() -> store.stageBlock(blobName, blockId, content));
    }

    Uni<Written> put(List<ByteBuffer> content, Attributes attributes, Condition condition) {
        return scope.call(() -> store.put(blobName, content, attributes, condition));
    }

    Uni<Written> commit(List<String> blockIds, Attributes attributes, Condition condition) {
        return scope.call(() -> store.commitBlocks(blobName, blockIds, attributes, condition));
    }
}
