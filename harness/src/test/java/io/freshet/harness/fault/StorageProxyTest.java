package io.freshet.harness.fault;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.vertx.VertxHttpClientBuilder;
import com.azure.core.util.BinaryData;
import com.azure.storage.blob.BlobClient;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobServiceClientBuilder;
import com.azure.storage.blob.models.BlobStorageException;
import com.azure.storage.blob.models.DownloadRetryOptions;
import com.azure.storage.blob.specialized.BlobLeaseClientBuilder;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import com.azure.storage.queue.models.QueueMessageItem;
import io.freshet.harness.fault.Fault.Ending;
import io.freshet.harness.storage.Azurite;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import static io.freshet.harness.fault.FaultPlan.nth;
import static io.freshet.harness.fault.FaultPlan.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

final class StorageProxyTest {
    private static final RequestRetryOptions ONE_ATTEMPT =
            new RequestRetryOptions(RetryPolicyType.FIXED, 1, 600, null, null, null);
    private static final DownloadRetryOptions ONCE = new DownloadRetryOptions().setMaxRetryRequests(0);
    private static final Duration PATIENCE = Duration.ofMillis(600);

    private static final Vertx VERTX = Vertx.vertx();
    private static final HttpClient HTTP =
            new VertxHttpClientBuilder().vertx(VERTX).build();
    private static final StorageProxy PROXY = new StorageProxy(Azurite.shared());

    private final String name = Azurite.uniqueName("proxied");
    private final StorageLink link = PROXY.link(name);
    private final BlobContainerClient direct = container(Azurite.shared().connectionString());
    private final BlobContainerClient proxied = container(link.connectionString());
    private final QueueClient queue = new QueueServiceClientBuilder()
            .httpClient(HTTP)
            .connectionString(link.connectionString())
            .retryOptions(ONE_ATTEMPT)
            .buildClient()
            .getQueueClient(name);
    private long mark;

    @AfterAll
    static void close() {
        PROXY.close();
        VERTX.close();
    }

    @BeforeEach
    void begin() {
        direct.create();
        queue.create();
        mark = PROXY.history().mark();
    }

    private BlobContainerClient container(String connectionString) {
        return new BlobServiceClientBuilder()
                .httpClient(HTTP)
                .connectionString(connectionString)
                .retryOptions(ONE_ATTEMPT)
                .buildClient()
                .getBlobContainerClient(name);
    }

    @Test
    void blobsComeThroughAsTheyAre() {
        byte[] content = new byte[9 << 20];
        new Random(4).nextBytes(content);

        proxied.getBlobClient("a/big one").upload(BinaryData.fromBytes(content));

        assertThat(direct.getBlobClient("a/big one").downloadContent().toBytes())
                .isEqualTo(content);
        assertThat(proxied.getBlobClient("a/big one").downloadContent().toBytes())
                .isEqualTo(content);
    }

    @Test
    void requestsAreNumberedAndNamed() {
        BlobClient blob = proxied.getBlobClient("a");
        put("a");
        blob.setMetadata(null);
        blob.getProperties();
        blob.delete();
        queue.sendMessage("x");

        assertThat(PROXY.history().since(mark))
                .extracting(entry -> entry.request().operation() + " "
                        + entry.request().target().substring(name.length()) + " " + entry.result())
                .containsExactly(
                        "PutBlob /a 201",
                        "SetBlobMetadata /a 200",
                        "GetBlobProperties /a 200",
                        "DeleteBlob /a 202",
                        "PutMessage  201");
        assertThat(PROXY.history().since(mark))
                .extracting(entry -> entry.request().number())
                .isEqualTo(List.of(2L, 3L, 4L, 5L, 6L));
    }

    @Test
    void aPollThatBringsNothingLeavesNoTrace() {
        assertThat(queue.receiveMessage()).isNull();
        queue.sendMessage("x");
        assertThat(queue.receiveMessage()).isNotNull();

        assertThat(PROXY.history().since(mark))
                .extracting(entry -> entry.request().operation())
                .containsExactly("PutMessage", "GetMessages");
    }

    @Test
    void aRequestIsAnsweredInsteadOfPassedOn() {
        link.plan(nth(2, operation("PutBlob"), Fault.busy(7)));
        put("a");

        assertThatThrownBy(() -> put("b")).isInstanceOfSatisfying(BlobStorageException.class, refused -> {
            assertThat(refused.getStatusCode()).isEqualTo(503);
            assertThat(refused.getResponse().getHeaders().getValue(HttpHeaderName.RETRY_AFTER))
                    .isEqualTo("7");
        });
        put("c");

        assertThat(names()).containsExactly("a", "c");
    }

    @Test
    void somethingHappensBeforeStorageSeesTheRequest() {
        AtomicBoolean there = new AtomicBoolean(true);
        link.plan(nth(1, operation("PutBlob"), Fault.before(() -> there.set(names().contains("a")))));

        put("a");

        assertThat(there).isFalse();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void somethingHappensAfterStorageDidItAndBeforeTheServiceKnows() {
        AtomicBoolean there = new AtomicBoolean();
        link.plan(nth(1, operation("PutBlob"), Fault.after(() -> there.set(names().contains("a")))));

        put("a");

        assertThat(there).isTrue();
    }

    @Test
    void anAnswerIsLost() {
        link.plan(nth(1, operation("PutBlob"), Fault.ending(Ending.RESET)));

        assertThatThrownBy(() -> put("a")).isNotNull();

        assertThat(names()).containsExactly("a");
        assertThat(PROXY.history().since(mark).getFirst().result()).isEqualTo("201, answer RESET");
        assertThat(PROXY.history().since(mark).getFirst().changed()).isTrue();
    }

    @Test
    void anAnswerNeverComes() {
        link.plan(nth(1, operation("PutBlob"), Fault.ending(Ending.SILENCE)));

        assertThatThrownBy(() -> proxied.getBlobClient("a")
                        .getBlockBlobClient()
                        .uploadWithResponse(body(), 1, null, null, null, null, null, PATIENCE, null))
                .hasRootCauseInstanceOf(TimeoutException.class);

        assertThat(names()).containsExactly("a");
    }

    @Test
    void anAnswerIsCutShort() {
        put("a");
        link.plan(nth(1, operation("GetBlob"), Fault.ending(Ending.TRUNCATED)));

        assertThatThrownBy(() -> proxied.getBlobClient("a").downloadContentWithResponse(ONCE, null, null, null))
                .isNotNull();
    }

    @Test
    void anUploadIsBrokenInTheMiddle() {
        link.plan(nth(1, operation("PutBlob"), new Fault.Reset(100_000)));

        assertThatThrownBy(() -> proxied.getBlobClient("a").upload(BinaryData.fromBytes(new byte[1 << 20])))
                .isNotNull();

        assertThat(names()).isEmpty();
    }

    @Test
    void storageSeesARequestTwice() {
        link.plan(nth(1, operation("PutMessage"), Fault.twice()));

        queue.sendMessage("x");

        assertThat(queue.receiveMessages(5)).hasSize(2);
    }

    @Test
    void anAnswerIsLate() {
        link.plan(nth(1, operation("PutBlob"), Fault.delay(PATIENCE)));
        long begun = System.nanoTime();

        put("a");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(PATIENCE);
    }

    @Test
    void nothingOfAServiceThatWasCutOffGetsThrough() {
        link.plan(nth(1, operation("PutBlob"), Fault.before(link::cut)));

        assertThatThrownBy(() -> put("a")).isNotNull();
        assertThatThrownBy(() -> put("b")).isNotNull();
        link.mend();
        put("c");

        assertThat(names()).containsExactly("c");
    }

    @Test
    void whatWasUnderWayWhenAServiceDiedIsNotPassedOnWhenItIsBack() {
        link.plan(nth(1, operation("PutBlob"), Fault.before(() -> {
            link.cut();
            link.mend();
        })));

        assertThatThrownBy(() -> put("a")).isNotNull();
        put("b");

        assertThat(names()).containsExactly("b");
    }

    @Test
    void connectionsAreRefused() {
        link.refuse();
        assertThatThrownBy(() -> put("a")).hasStackTraceContaining("Connection refused");
        link.accept();
        put("b");

        assertThat(names()).containsExactly("b");
    }

    @Test
    void whatAServiceHoldsIsKnown() {
        put("a");
        new BlobLeaseClientBuilder()
                .blobClient(proxied.getBlobClient("a"))
                .buildClient()
                .acquireLease(15);
        queue.sendMessage("x");
        queue.sendMessage("y");
        List<QueueMessageItem> taken = queue.receiveMessages(2).stream().toList();
        queue.deleteMessage(taken.getFirst().getMessageId(), taken.getFirst().getPopReceipt());
        var hidden = queue.updateMessage(
                taken.getLast().getMessageId(), taken.getLast().getPopReceipt(), "y", Duration.ofSeconds(50));

        assertThat(link.holdings().leasedBlobs()).containsExactly(name + "/a");
        assertThat(link.holdings().messages())
                .containsExactly(
                        new Holdings.HeldMessage(name, taken.getLast().getMessageId(), hidden.getPopReceipt(), "y"));
        assertThat(deletedMessages()).containsExactly("x");
    }

    private List<String> deletedMessages() {
        return PROXY.history().since(mark).stream()
                .flatMap(entry -> entry.deletedMessage().stream())
                .toList();
    }

    private void put(String blob) {
        proxied.getBlobClient(blob).getBlockBlobClient().upload(body(), 1);
    }

    private static InputStream body() {
        return new ByteArrayInputStream(new byte[1]);
    }

    private List<String> names() {
        return direct.listBlobs().stream().map(item -> item.getName()).toList();
    }
}
