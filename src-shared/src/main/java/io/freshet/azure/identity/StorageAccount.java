package io.freshet.azure.identity;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.DefaultAzureCredentialBuilder;
import com.azure.storage.blob.BlobAsyncClient;
import com.azure.storage.blob.BlobClientBuilder;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.azure.storage.queue.QueueMessageEncoding;
import com.azure.storage.queue.QueueServiceAsyncClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** The storage account's clients, created once, on the application's own Vert.x. */
@Singleton
public final class StorageAccount {
    private final StorageConfig config;
    private final HttpClient http;
    private @Nullable TokenCredential identity;
    private @Nullable BlobServiceAsyncClient blobs;
    private @Nullable QueueServiceAsyncClient queues;

    public StorageAccount(StorageConfig config, HttpClient http) {
        this.config = config;
        this.http = http;
    }

    /** The client for blobs, created on first use. */
    public synchronized BlobServiceAsyncClient blobs() {
        if (blobs == null) {
            blobs = makeBlobs();
        }
        return blobs;
    }

    private BlobServiceAsyncClient makeBlobs() {
        BlobServiceClientBuilder builder =
                new BlobServiceClientBuilder().httpClient(http).retryOptions(oneAttempt());
        if (config.connectionString().isPresent()) {
            return builder.connectionString(config.connectionString().get()).buildAsyncClient();
        }
        builder.endpoint(endpoint("blob"));
        return (config.key().isPresent() ? builder.credential(sharedKey()) : builder.credential(identity()))
                .buildAsyncClient();
    }

    /**
     * A client for any blob, with the caller's SAS or anonymous. Never with our own credential.
     *
     * @param url without query
     * @param sas token that grants access, or ""
     */
    public BlobAsyncClient blobAsCaller(String url, String sas) {
        BlobClientBuilder builder = new BlobClientBuilder()
                .httpClient(http)
                .retryOptions(oneAttempt())
                .endpoint(url);
        return (sas.isEmpty() ? builder.setAnonymousAccess() : builder.sasToken(sas)).buildAsyncClient();
    }

    /** Name of the account. */
    public String name() {
        return blobs().getAccountName();
    }

    /** The client for queues, created on first use. It does not encode message bodies. */
    public synchronized QueueServiceAsyncClient queues() {
        if (queues == null) {
            queues = makeQueues();
        }
        return queues;
    }

    private QueueServiceAsyncClient makeQueues() {
        QueueServiceClientBuilder builder = new QueueServiceClientBuilder()
                .httpClient(http)
                .retryOptions(oneAttempt())
                .messageEncoding(QueueMessageEncoding.NONE);
        if (config.connectionString().isPresent()) {
            return builder.connectionString(config.connectionString().get()).buildAsyncClient();
        }
        builder.endpoint(endpoint("queue"));
        return (config.key().isPresent() ? builder.credential(sharedKey()) : builder.credential(identity()))
                .buildAsyncClient();
    }

    /** Name of the container that runs are kept in. */
    public String container() {
        return config.container();
    }

    /** Credential of the pod, or of the logged-in user; created on first use because finding it takes time. */
    public synchronized TokenCredential identity() {
        if (identity == null) {
            identity = new DefaultAzureCredentialBuilder().httpClient(http).build();
        }
        return identity;
    }

    /** The SDK makes one attempt; {@link io.freshet.azure.AzureCalls} retries. */
    private static RequestRetryOptions oneAttempt() {
        return new RequestRetryOptions(RetryPolicyType.FIXED, 1, 600, null, null, null);
    }

    private String endpoint(String service) {
        return "https://" + account() + "." + service + "." + config.suffix();
    }

    private StorageSharedKeyCredential sharedKey() {
        return new StorageSharedKeyCredential(account(), config.key().orElseThrow());
    }

    private String account() {
        return config.account().orElseThrow();
    }
}
