package io.freshet.testing;

import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import com.azure.storage.blob.sas.BlobSasPermission;
import com.azure.storage.blob.sas.BlobServiceSasSignatureValues;
import com.azure.storage.blob.specialized.BlobAsyncClientBase;
import com.azure.storage.queue.QueueAsyncClient;
import com.azure.storage.queue.models.QueueMessageItem;
import io.freshet.azure.identity.StorageAccount;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The storage account as others use it: queues and containers that are not the product's own. */
public final class StorageProbe {
    private static final int BATCH = 32;
    private static final Duration A_WHILE = Duration.ofSeconds(20);

    private final StorageAccount account;

    public StorageProbe(StorageAccount account) {
        this.account = account;
    }

    /** Takes all messages out of a queue and gives their texts; none if there is no such queue. */
    public List<String> drain(String queueName) {
        QueueAsyncClient queue = account.queues().getQueueAsyncClient(queueName);
        queue.createIfNotExists().block(Patience.LIMIT);
        List<String> texts = new ArrayList<>();
        List<QueueMessageItem> batch;
        do {
            batch = queue.receiveMessages(BATCH, A_WHILE).collectList().block(Patience.LIMIT);
            for (QueueMessageItem message : batch) {
                texts.add(message.getBody().toString());
                queue.deleteMessage(message.getMessageId(), message.getPopReceipt())
                        .block(Patience.LIMIT);
            }
        } while (!batch.isEmpty());
        return texts;
    }

    /** Puts a message on a queue, which is made if it is not there. */
    public void send(String queueName, String text) {
        QueueAsyncClient queue = account.queues().getQueueAsyncClient(queueName);
        queue.createIfNotExists().block(Patience.LIMIT);
        queue.sendMessage(text).block(Patience.LIMIT);
    }

    /** Writes a blob to a container, which is made if it is not there, and gives the blob's URL. */
    public String upload(String containerName, String blobName, byte[] content) {
        BlobContainerAsyncClient container = account.blobs().getBlobContainerAsyncClient(containerName);
        container.createIfNotExists().block(Patience.LIMIT);
        BlobAsyncClient blob = container.getBlobAsyncClient(blobName);
        blob.upload(BinaryData.fromBytes(content), true).block(Patience.LIMIT);
        return blob.getBlobUrl();
    }

    /** A SAS to read that blob, for an hour. */
    public String readSas(String containerName, String blobName) {
        return account.blobs()
                .getBlobContainerAsyncClient(containerName)
                .getBlobAsyncClient(blobName)
                .generateSas(new BlobServiceSasSignatureValues(
                        OffsetDateTime.now().plusHours(1), new BlobSasPermission().setReadPermission(true)));
    }

    /** Keeps the blob as it is now; gives what the snapshot is called. */
    public String snapshot(String containerName, String blobName) {
        return account.blobs()
                .getBlobContainerAsyncClient(containerName)
                .getBlobAsyncClient(blobName)
                .createSnapshot()
                .map(BlobAsyncClientBase::getSnapshotId)
                .block(Patience.LIMIT);
    }

    /** Where the account's containers are, without a slash at the end. */
    public String accountUrl() {
        return account.blobs().getAccountUrl();
    }
}
