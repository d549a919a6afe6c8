package io.freshet.testing;

import com.azure.core.http.vertx.VertxHttpClientBuilder;
import com.azure.storage.blob.BlobContainerAsyncClient;
import io.freshet.azure.AzureCallConfig;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.azure.identity.StorageConfig;
import io.freshet.azure.storage.AzureBlobStore;
import io.freshet.azure.storage.CopyAccess;
import io.freshet.harness.storage.Azurite;
import io.freshet.storage.BlobStore;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.vertx.core.Vertx;

import java.time.Clock;
import java.util.Map;

/**
 * The storage that a service under test works in, with a container and queues of its own, and looked at past the service:
 * whether that runs in this JVM or as another process makes no difference.
 */
public final class StorageUnderTest implements AutoCloseable {
    private static final int ABOVE_DEFAULTS = 1_000;

    private final Map<String, String> environment;
    private final Vertx vertx = Vertx.vertx();
    private final StorageAccount account;
    private final BlobStore blobs;

    StorageUnderTest(Azurite azurite) {
        this.environment = Map.of(
                "AZURE_STORAGE_CONNECTION_STRING",
                azurite.connectionString(),
                "CONTAINER",
                Azurite.uniqueName("jobs"),
                "QUEUEPREFIX",
                Azurite.uniqueName("t") + "-");
        SmallRyeConfig config = config(azurite.connectionString());
        this.account = new StorageAccount(
                config.getConfigMapping(StorageConfig.class),
                new VertxHttpClientBuilder().vertx(vertx).build());
        this.blobs = store(new AzureCalls(config.getConfigMapping(AzureCallConfig.class), new SimpleMeterRegistry()));
    }

    /** What tells a service to work here. */
    public Map<String, String> environment() {
        return environment;
    }

    /** The container that the service keeps runs in. */
    public BlobStore blobs() {
        return blobs;
    }

    /** The account around that container. */
    public StorageProbe probe() {
        return new StorageProbe(account);
    }

    public String container() {
        return environment.get("CONTAINER");
    }

    /** The queue that the service knows by this name. */
    public String queue(String name) {
        return environment.get("QUEUEPREFIX") + name;
    }

    @Override
    public void close() {
        vertx.close();
    }

    private BlobStore store(AzureCalls calls) {
        BlobContainerAsyncClient container = account.blobs().getBlobContainerAsyncClient(container());
        return new AzureBlobStore(container, CopyAccess.bySharedKey(container, Clock.systemUTC()), calls);
    }

    private static SmallRyeConfig config(String connectionString) {
        return new SmallRyeConfigBuilder()
                .withMapping(StorageConfig.class)
                .withMapping(AzureCallConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of("freshet.storage.connection-string", connectionString), "test", ABOVE_DEFAULTS))
                .build();
    }
}
