package io.freshet.azure.identity;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.DefaultAzureCredentialBuilder;
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

/** The storage account's clients, made once, on the application's own Vert.x. */
@Singleton
public final class StorageAccount {
    /** Retries are ours ({@link io.freshet.azure.AzureCalls}); the SDK makes one attempt. */
    private static final RequestRetryOptions ONE_ATTEMPT =
            new RequestRetryOptions(RetryPolicyType.FIXED, 1, 600, null, null, null);

    private final StorageConfig config;
    private final HttpClient http;
    private @Nullable TokenCredential identity;

    StorageAccount(StorageConfig config, HttpClient http) {
        this.config = config;
        this.http = http;
    }

    /** A client for blobs; the caller keeps it. */
    public BlobServiceAsyncClient blobs() {
        BlobServiceClientBuilder builder =
                new BlobServiceClientBuilder().httpClient(http).retryOptions(ONE_ATTEMPT);
        if (config.connectionString().isPresent()) {
            return builder.connectionString(config.connectionString().get()).buildAsyncClient();
        }
        builder.endpoint(endpoint("blob"));
        return (config.key().isPresent() ? builder.credential(sharedKey()) : builder.credential(identity()))
                .buildAsyncClient();
    }

    /** A client for queues that leaves message bodies as they are; the caller keeps it. */
    public QueueServiceAsyncClient queues() {
        QueueServiceClientBuilder builder = new QueueServiceClientBuilder()
                .httpClient(http)
                .retryOptions(ONE_ATTEMPT)
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

    /** Credential of the pod, or of whoever is logged in; made on first use because looking for it takes time. */
    public synchronized TokenCredential identity() {
        if (identity == null) {
            identity = new DefaultAzureCredentialBuilder().httpClient(http).build();
        }
        return identity;
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
