package io.freshet.azure.storage;

import com.azure.core.http.vertx.VertxHttpClientBuilder;
import com.azure.storage.blob.BlobServiceAsyncClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.harness.storage.Azurite;
import io.freshet.storage.BlobStore;
import io.freshet.storage.BlobStoreContract;
import io.freshet.storage.StorageAccess;
import io.freshet.testing.AzuriteResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(AzuriteResource.class)
class AzureBlobStoreTest extends BlobStoreContract {
    @Inject
    BlobStore store;

    @Inject
    StorageAccount account;

    @Inject
    AzureCalls calls;

    @Inject
    StorageAccess access;

    @Inject
    Vertx vertx;

    @BeforeEach
    void container() {
        store.ensureContainer().await().indefinitely();
    }

    @Override
    protected BlobStore store() {
        return store;
    }

    @Test
    void aContainerThatIsMissingIsMadeByTheFirstWrite() {
        BlobStore fresh = new AzureBlobStore(
                account.blobs().getBlobContainerAsyncClient(Azurite.uniqueName("fresh")),
                CopyAccess.bySas("none"),
                calls);

        BlobStore.Written written = fresh.put(
                        "a", List.of(), BlobStore.Attributes.ofType("text/plain"), BlobStore.Condition.IF_ABSENT)
                .await()
                .indefinitely();

        assertThat(written.conflict()).isFalse();
        assertThat(fresh.read("a").await().indefinitely()).isPresent();
    }

    /** What pods of a burst have in place of the key. */
    @Test
    void whoHasASasAloneCopiesBlocksToo() {
        String connection = access.connection(Duration.ofHours(1)).orElseThrow().reveal();
        BlobServiceAsyncClient signed = new BlobServiceClientBuilder()
                .httpClient(new VertxHttpClientBuilder().vertx(vertx).build())
                .connectionString(connection)
                .buildAsyncClient();
        BlobStore blobs = new AzureBlobStore(
                signed.getBlobContainerAsyncClient(account.container()),
                CopyAccess.bySas(connection.replaceFirst(".*SharedAccessSignature=", "")),
                calls);
        String source = Azurite.uniqueName("source");
        String target = Azurite.uniqueName("target");
        BlobStore.Attributes text = BlobStore.Attributes.ofType("text/plain");
        ByteBuffer content = ByteBuffer.wrap("content".getBytes(StandardCharsets.UTF_8));

        blobs.put(source, List.of(content), text, BlobStore.Condition.ALWAYS)
                .chain(() -> blobs.stageBlockFrom(target, "a", source, 0, 7))
                .chain(() -> blobs.commitBlocks(target, List.of("a"), text, BlobStore.Condition.ALWAYS))
                .await()
                .indefinitely();

        assertThat(new String(
                        store.read(target).await().indefinitely().orElseThrow().bytes(), StandardCharsets.UTF_8))
                .isEqualTo("content");
    }
}
