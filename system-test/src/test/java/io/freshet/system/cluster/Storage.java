package io.freshet.system.cluster;

import com.azure.core.http.HttpClient;
import com.azure.core.http.vertx.VertxHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.BlobListDetails;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.LeaseStateType;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.blob.options.BlobBreakLeaseOptions;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import com.azure.storage.queue.models.QueueStorageException;
import io.freshet.harness.api.Job;
import io.freshet.harness.fault.Holdings;
import io.freshet.items.ItemIndex;
import io.freshet.items.PartLayout;
import io.freshet.message.WorkMessage;
import io.freshet.run.RunId;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.RunFiles;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The emulator's blobs and queues, past the services: to look at them, and to put in what does not belong there. */
public final class Storage {
    /** The queues that wake workers for parts. */
    public static final List<String> WORK = List.of("work", "priority");

    public static final List<String> QUEUES = List.of("work", "priority", "input", "events", "control");

    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient HTTP =
            new VertxHttpClientBuilder().vertx(VERTX).build();

    /** For an emulator whose certificate nobody knows. */
    public static final HttpClient TRUSTING = new VertxHttpClientBuilder()
            .vertx(VERTX)
            .httpClientOptions(new HttpClientOptions().setTrustAll(true))
            .build();

    private final BlobServiceClient blobs;
    private final QueueServiceClient queues;
    private final BlobContainerClient container;
    private final String queuePrefix;

    public Storage(String connectionString, String container, String queuePrefix) {
        this(
                new BlobServiceClientBuilder()
                        .httpClient(HTTP)
                        .connectionString(connectionString)
                        .buildClient(),
                new QueueServiceClientBuilder()
                        .httpClient(HTTP)
                        .connectionString(connectionString)
                        .buildClient(),
                container,
                queuePrefix);
    }

    private Storage(BlobServiceClient blobs, QueueServiceClient queues, String container, String queuePrefix) {
        this.blobs = blobs;
        this.queues = queues;
        this.container = blobs.getBlobContainerClient(container);
        this.queuePrefix = queuePrefix;
    }

    /** Another container of the same account. */
    public Storage of(String anyContainer) {
        return new Storage(blobs, queues, anyContainer, queuePrefix);
    }

    /** The job as the services know it. */
    public static RunId run(Job job) {
        return RunId.parse(job.toString());
    }

    /** Folder of a job's blobs, with the slash. */
    public String folder(Job job) {
        return RunFiles.folder(run(job));
    }

    /** Whether its watcher has something more to do for it. */
    public boolean isMarkedActive(Job job) {
        return exists(RunFiles.active(run(job)));
    }

    /** @param part 1-based */
    public boolean hasOutput(Job job, int part) {
        return exists(PartLayout.outputName(run(job), part - 1));
    }

    /** Changes whenever the results are written. */
    public String resultsEtag(Job job) {
        return etag(RunFiles.results(run(job)));
    }

    public String containerName() {
        return container.getBlobContainerName();
    }

    /** Names of the blobs that are there, in lexical order. */
    public List<String> names(String prefix) {
        return container.listBlobs(new ListBlobsOptions().setPrefix(prefix), null).stream()
                .map(BlobItem::getName)
                .toList();
    }

    /** As {@link #names(String)}, in a container of any name; none if there is no such container. */
    public List<String> names(String anyContainer, String prefix) {
        BlobContainerClient other = blobs.getBlobContainerClient(anyContainer);
        return other.exists()
                ? other.listBlobs(new ListBlobsOptions().setPrefix(prefix), null).stream()
                        .map(BlobItem::getName)
                        .toList()
                : List.of();
    }

    /** Names of the blobs that are there, and of those that are but staged blocks. */
    public List<String> namesWithUncommitted(String prefix) {
        BlobListDetails details = new BlobListDetails().setRetrieveUncommittedBlobs(true);
        ListBlobsOptions options = new ListBlobsOptions().setPrefix(prefix).setDetails(details);
        return container.listBlobs(options, null).stream()
                .map(BlobItem::getName)
                .toList();
    }

    public boolean exists(String name) {
        return container.getBlobClient(name).exists();
    }

    /** Bytes of a blob. */
    public long length(String name) {
        return container.getBlobClient(name).getProperties().getBlobSize();
    }

    public byte[] read(String name) {
        return container.getBlobClient(name).downloadContent().toBytes();
    }

    /** Changes whenever the blob is written. */
    public String etag(String name) {
        return container.getBlobClient(name).getProperties().getETag();
    }

    /** Puts a blob into a container of any name; gives its URL. */
    public String upload(String anyContainer, String name, byte[] content) {
        BlobContainerClient target = blobs.createBlobContainerIfNotExists(anyContainer);
        BlobClient blob = target.getBlobClient(name);
        blob.upload(BinaryData.fromBytes(content), true);
        return blob.getBlobUrl();
    }

    public boolean isLeased(String name) {
        return container.getBlobClient(name).getProperties().getLeaseState() == LeaseStateType.LEASED;
    }

    /** Names of the blobs that a lease holds, by one look at all: what is deleted meanwhile does not matter. */
    public List<String> leased() {
        return container.listBlobs().stream()
                .filter(blob -> blob.getProperties().getLeaseState() == LeaseStateType.LEASED)
                .map(BlobItem::getName)
                .toList();
    }

    /** Ends a lease as if its time were over. */
    public void breakLease(String name) {
        new BlobLeaseClientBuilder()
                .blobClient(container.getBlobClient(name))
                .buildClient()
                .breakLeaseWithResponse(new BlobBreakLeaseOptions().setBreakPeriod(Duration.ZERO), null, Context.NONE);
    }

    /** Ends whatever a dead service held, as if the times of its leases and hidden messages were over. */
    public void release(Holdings holdings) {
        holdings.leasedBlobs().forEach(this::breakLeaseIfAny);
        holdings.messages().forEach(this::show);
        holdings.clear();
    }

    /** Ends a lease, unless it has ended. */
    public void breakLeaseIfAny(String containerAndBlob) {
        try {
            breakLease(containerAndBlob.substring(containerAndBlob.indexOf('/') + 1));
        } catch (BlobStorageException e) {
            unless(e.getStatusCode() == 404 || e.getStatusCode() == 409, e);
        }
    }

    /** Makes a hidden message visible, as if its time were over. */
    public void show(Holdings.HeldMessage held) {
        QueueClient queue = queues.getQueueClient(held.queue());
        try {
            queue.updateMessage(held.id(), held.popReceipt(), null, Duration.ZERO);
        } catch (QueueStorageException e) {
            unless(e.getStatusCode() == 404 || e.getStatusCode() == 400, e);
        }
    }

    /** What is gone, or not held any more, is as it should be. */
    private static void unless(boolean expected, RuntimeException e) {
        if (!expected) {
            throw e;
        }
    }

    /** What the index blob of a part says; parts are numbered from 1. */
    public ItemIndex index(RunId run, int part) {
        String name = indexName(run, part);
        var properties = container.getBlobClient(name).getProperties();
        String[] pieces = name.split("_", -1);
        var metadata = properties.getMetadata();
        Part described = new Part(
                part - 1,
                Long.parseLong(pieces[3]),
                Long.parseLong(metadata.get("bytes")),
                Long.parseLong(metadata.get("firstline")),
                Long.parseLong(metadata.get("lines")));
        boolean abandoned = properties.getLeaseState() == LeaseStateType.BROKEN;
        int attempts = Integer.parseInt(metadata.getOrDefault("attempts", "0")) + (abandoned ? 1 : 0);
        return new ItemIndex(described, attempts, null);
    }

    public String indexName(RunId run, int part) {
        return names(run.blobPrefix() + "/ctrl_input_" + part + "_").getFirst();
    }

    /** The message that stands for a part. */
    public WorkMessage message(RunId run, int part) {
        return new WorkMessage.ComputeItem(
                run, index(run, part).item(), index(run, part).attempts());
    }

    public QueueClient queue(String name) {
        QueueClient queue = queues.getQueueClient(queuePrefix + name);
        queue.createIfNotExists();
        return queue;
    }

    public void send(String queue, String text) {
        queue(queue).sendMessage(text);
    }

    public void sendBase64(String queue, String text) {
        send(queue, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Messages in the queue, those that are hidden now included. */
    public long depth(String queue) {
        return queue(queue).getProperties().getApproximateMessagesCountLong();
    }

    /** As {@link #depth}, of both queues that wake workers for parts. */
    public long workDepth() {
        return WORK.stream().mapToLong(this::depth).sum();
    }

    /** Messages that could be received now, 32 at most. */
    public int visible(String queue) {
        return peek(queue).size();
    }

    /** Texts of the messages that could be received now, 32 at most. */
    public List<String> peek(String queue) {
        return queue(queue).peekMessages(32, null, Context.NONE).stream()
                .map(message -> message.getBody().toString())
                .toList();
    }

    /** Loses every message. */
    public void purge(String queue) {
        queue(queue).clearMessages();
    }

    /** Takes what was given up of both queues that wake workers for parts. */
    public List<String> takeGivenUpWork() {
        return WORK.stream()
                .flatMap(queue -> takeAll(queue + "-poison").stream())
                .toList();
    }

    /** Loses every message of both queues that wake workers for parts. */
    public void purgeWork() {
        WORK.forEach(this::purge);
    }

    /** Takes so many of the messages that can be received now out of a queue. */
    public List<String> takeVisible(String queue, int max) {
        QueueClient client = queue(queue);
        List<String> texts = new ArrayList<>();
        for (QueueMessageItem message : client.receiveMessages(max, Duration.ofSeconds(20), null, Context.NONE)) {
            texts.add(message.getBody().toString());
            client.deleteMessage(message.getMessageId(), message.getPopReceipt());
        }
        return texts;
    }

    /** Takes all messages out of a queue. */
    public List<String> takeAll(String queue) {
        List<String> texts = new ArrayList<>();
        QueueClient client = queue(queue);
        while (true) {
            List<QueueMessageItem> batch =
                    client.receiveMessages(32, Duration.ofMinutes(1), null, Context.NONE).stream()
                            .toList();
            if (batch.isEmpty()) {
                return texts;
            }
            for (QueueMessageItem message : batch) {
                texts.add(message.getBody().toString());
                client.deleteMessage(message.getMessageId(), message.getPopReceipt());
            }
        }
    }
}
