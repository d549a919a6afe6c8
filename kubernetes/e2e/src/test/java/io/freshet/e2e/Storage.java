package io.freshet.e2e;

import com.azure.core.http.HttpClient;
import com.azure.core.http.vertx.VertxHttpClientBuilder;
import com.azure.storage.blob.BlobServiceClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobItem;
import com.azure.storage.blob.models.ListBlobsOptions;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import io.freshet.harness.storage.Azurite;
import io.vertx.core.Vertx;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The storage account that pods and tests see: an emulator of this machine, for a cluster on this machine, or the one whose
 * connection string is in {@code E2E_STORAGE}.
 */
final class Storage {
    private static final Storage INSTANCE = new Storage(
            System.getenv().getOrDefault("E2E_STORAGE", "").isEmpty()
                    ? Azurite.shared().connectionString()
                    : System.getenv("E2E_STORAGE"));

    private static final List<String> QUEUES = Stream.of("work", "priority", "input", "events", "control")
            .flatMap(name -> Stream.of(name, name + "-poison"))
            .toList();

    private final String connectionString;
    private final BlobServiceClient blobs;
    private final QueueServiceClient queues;

    private Storage(String connectionString) {
        HttpClient http = new VertxHttpClientBuilder().vertx(Vertx.vertx()).build();
        this.connectionString = connectionString;
        this.blobs = new BlobServiceClientBuilder()
                .httpClient(http)
                .connectionString(connectionString)
                .buildClient();
        this.queues = new QueueServiceClientBuilder()
                .httpClient(http)
                .connectionString(connectionString)
                .buildClient();
    }

    static Storage get() {
        return INSTANCE;
    }

    String connectionString() {
        return connectionString;
    }

    /** Names of the blobs that are there. */
    List<String> blobs(String container, String prefix) {
        return blobs
                .getBlobContainerClient(container)
                .listBlobs(new ListBlobsOptions().setPrefix(prefix), null)
                .stream()
                .map(BlobItem::getName)
                .toList();
    }

    String text(String container, String blob) {
        return blobs.getBlobContainerClient(container)
                .getBlobClient(blob)
                .downloadContent()
                .toString();
    }

    /** Number of messages, those in flight included, of each queue that has any. */
    Map<String, Long> messages(String queuePrefix) {
        Map<String, Long> messages = new TreeMap<>();
        for (String name : QUEUES) {
            QueueClient queue = queues.getQueueClient(queuePrefix + name);
            queue.createIfNotExists();
            long count = queue.getProperties().getApproximateMessagesCountLong();
            if (count > 0) {
                messages.put(name, count);
            }
        }
        return messages;
    }
}
