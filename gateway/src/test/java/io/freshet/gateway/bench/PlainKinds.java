package io.freshet.gateway.bench;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.models.BlobRequestConditions;
import com.azure.storage.blob.models.BlockListType;
import com.azure.storage.blob.specialized.BlobLeaseAsyncClient;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.queue.QueueAsyncClient;
import com.azure.storage.queue.QueueServiceAsyncClient;
import com.azure.storage.queue.models.QueueMessageItem;
import reactor.core.publisher.Mono;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** How long a call of each kind takes when nothing else is asked of storage: means of calls that come one after the other. */
final class PlainKinds {
    private static final int WARM_UP = 20;
    private static final int TIMES = 40;
    private static final String MESSAGE = "{\"part\":1}";

    private final BlobContainerAsyncClient blobs;
    private final QueueAsyncClient queue;

    PlainKinds(BlobContainerAsyncClient blobs, QueueServiceAsyncClient queues) {
        this.blobs = blobs;
        this.queue = queues.getQueueAsyncClient("plain-kinds");
    }

    /** @param bytes of a block, and of what is read of a blob */
    void print(int bytes) {
        BinaryData content = BinaryData.fromBytes(new byte[bytes]);
        var blob = blobs.getBlobAsyncClient("plain-kinds").getBlockBlobAsyncClient();
        var large = blobs.getBlobAsyncClient("plain-kinds-large");
        queue.createIfNotExists().then(large.upload(content, true)).block();
        print("PutBlob", Mono.defer(() -> blob.upload(BinaryData.fromString(""), true)));
        print("GetBlob", Mono.defer(() -> large.downloadStream().then()));
        print("GetBlobProperties", Mono.defer(blob::getProperties));
        print("PutBlock", Mono.defer(() -> blob.stageBlock(id(0), content)));
        print(
                "PutBlockList",
                Mono.defer(() -> blob.stageBlock(id(0), content)),
                Mono.defer(() -> blob.commitBlockList(List.of(id(0)), true)));
        print("GetBlockList", Mono.defer(() -> blob.listBlocks(BlockListType.ALL)));
        BlobLeaseAsyncClient lease = new BlobLeaseClientBuilder()
                .blobAsyncClient(large)
                .leaseId(UUID.randomUUID().toString())
                .buildAsyncClient();
        print("AcquireLease", Mono.defer(() -> lease.acquireLease(60)));
        print("RenewLease", Mono.defer(lease::renewLease));
        lease.releaseLease().block();
        print(
                "DeleteBlob",
                Mono.defer(() -> blob.upload(BinaryData.fromString(""), true)),
                Mono.defer(() -> blob.deleteWithResponse(null, new BlobRequestConditions())));
        print("PutMessage", Mono.defer(() -> queue.sendMessage(MESSAGE)));
        print(
                "GetMessages",
                Mono.defer(() -> queue.receiveMessages(1, Duration.ofSeconds(1)).then()));
        printDeletions();
    }

    private void printDeletions() {
        long nanos = 0;
        for (int i = 0; i < TIMES; i++) {
            queue.sendMessage(MESSAGE).block();
            QueueMessageItem message =
                    queue.receiveMessages(1, Duration.ofSeconds(60)).blockFirst();
            long begun = System.nanoTime();
            queue.deleteMessage(message.getMessageId(), message.getPopReceipt()).block();
            nanos += System.nanoTime() - begun;
        }
        print("DeleteMessage", nanos);
    }

    private static void print(String operation, Mono<?> call) {
        print(operation, Mono.empty(), call);
    }

    private static void print(String operation, Mono<?> before, Mono<?> call) {
        long nanos = 0;
        for (int i = -WARM_UP; i < TIMES; i++) {
            before.block();
            long begun = System.nanoTime();
            call.block();
            nanos += i < 0 ? 0 : System.nanoTime() - begun;
        }
        print(operation, nanos);
    }

    private static void print(String operation, long nanos) {
        System.out.printf(Locale.ROOT, "%s %.3f%n", operation, nanos / 1e6 / TIMES);
    }

    private static String id(int number) {
        return Base64.getEncoder()
                .encodeToString(String.format(Locale.ROOT, "%06d", number).getBytes(StandardCharsets.US_ASCII));
    }
}
