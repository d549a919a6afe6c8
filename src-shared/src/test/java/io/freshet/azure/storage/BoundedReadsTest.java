package io.freshet.azure.storage;

import com.azure.core.http.HttpClient;
import com.azure.storage.blob.BlobContainerAsyncClient;
import io.freshet.azure.AzureCallConfig;
import io.freshet.azure.AzureCalls;
import io.freshet.azure.identity.ProductHttp;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.azure.identity.StorageConfig;
import io.freshet.azure.storage.LyingStorage.Answer;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.run.Items.RunInput.Referenced;
import io.freshet.storage.BlobStore.Listing;
import io.freshet.storage.BlobStore.Listing.Detail;
import io.freshet.storage.Secret;
import io.freshet.testing.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** No more is read into memory than was asked for, whatever the other side says and sends. */
class BoundedReadsTest {
    private static final Secret SAS = new Secret("sv=2026-02-06&sp=r&sig=x");
    /** What may be on its way in buffers, of the system's and ours, when we have enough. */
    private static final long ON_ITS_WAY = 100L << 20;

    private static final long HUNDREDS_OF_MIB = 600L << 20;
    private static final Map<String, String> TAGGED = Map.of("ETag", LyingStorage.ETAG);

    private final Vertx vertx = Vertx.vertx();
    private final LyingStorage storage = new LyingStorage();
    private AzureBlobStore blobs;
    private AzureReferencedBlobs referenced;

    @BeforeEach
    void connect() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(StorageConfig.class)
                .withMapping(InputsConfig.class)
                .withMapping(AzureCallConfig.class)
                .withSources(new PropertiesConfigSource(
                        Map.of(
                                "freshet.azure.calls.silence",
                                "PT1S",
                                "freshet.storage.connection-string",
                                "AccountName=acct;AccountKey=a2V5;BlobEndpoint=" + storage.endpoint() + ";"),
                        "test",
                        1_000))
                .build();
        AzureCallConfig limits = config.getConfigMapping(AzureCallConfig.class);
        AzureCalls calls = new AzureCalls(limits, new SimpleMeterRegistry());
        HttpClient http = ProductHttp.client(vertx, limits);
        StorageAccount account = new StorageAccount(config.getConfigMapping(StorageConfig.class), http);
        InputRules rules = new InputRules(account, config.getConfigMapping(InputsConfig.class));
        BlobContainerAsyncClient container = account.blobs().getBlobContainerAsyncClient("jobs");
        blobs = new AzureBlobStore(container, CopyAccess.bySharedKey(container, Clock.systemUTC()), calls);
        referenced = new AzureReferencedBlobs(account, rules, calls);
    }

    @AfterEach
    void stop() {
        storage.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                arguments("all of a long blob", new Answer(200, HUNDREDS_OF_MIB, TAGGED)),
                arguments("a range that is too long", new Answer(206, HUNDREDS_OF_MIB, TAGGED)),
                arguments("a byte too much", new Answer(206, 7, TAGGED)),
                arguments("without an end", new Answer(206, LyingStorage.UNTOLD, TAGGED)),
                arguments("an error without an end", new Answer(400, LyingStorage.UNTOLD, TAGGED)),
                arguments("an error of hundreds of MiB", new Answer(400, HUNDREDS_OF_MIB, TAGGED)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void aReadEndsWithTheFirstByteTooMuchAndIsNotRepeated(String sends, Answer answer) {
        storage.answers(answer);
        assertRefused(referenced.readRange(byReference("blob"), SAS, 0, 6));
        assertThat(storage.reads()).isEqualTo(1);

        storage.answers(answer);
        assertRefused(blobs.readRange("blob", 0, 6, null));
        assertThat(storage.reads()).isEqualTo(1);
    }

    @Test
    void itIsSaidWhatTheHostMustBe() {
        storage.answers(new Answer(200, HUNDREDS_OF_MIB, TAGGED));

        assertThatThrownBy(() -> now(referenced.readRange(byReference("blob"), SAS, 0, 6)))
                .hasMessage("the host sent more than was requested: it must be Azure Blob Storage");
    }

    @Test
    void theRestIsNotSentAndTheConnectionIsClosed() {
        for (int status : new int[] {206, 400}) {
            storage.answers(new Answer(status, LyingStorage.UNTOLD, TAGGED));
            assertRefused(referenced.readRange(byReference("blob"), SAS, 0, 6));

            await().atMost(Patience.LIMIT).until(storage::isHungUpOn);
            assertThat(storage.sent()).isLessThan(ON_ITS_WAY);
        }
    }

    @Test
    void aRangeThatWasNotAskedForIsRefused() {
        storage.answers(new Answer(206, 6, Map.of("ETag", LyingStorage.ETAG, "Content-Range", "bytes 0-5/12")));

        assertRefused(blobs.readRange("blob", 6, 6, null));
    }

    @Test
    void bytesOfAnotherVersionAreRefused() {
        storage.answers(new Answer(206, 6, Map.of("ETag", "\"2\"")));

        assertFails(referenced.readRange(byReference("blob"), SAS, 0, 6), FailureCode.PRECONDITION_FAILED);
    }

    @Test
    void whatWasAskedForIsRead() {
        storage.answers(new Answer(206, 6, TAGGED));
        assertThat(now(referenced.readRange(byReference("blob"), SAS, 0, 6)).remaining())
                .isEqualTo(6);

        storage.answers(new Answer(200, 3, TAGGED));
        assertThat(now(blobs.readRange("blob", 0, 6, null))).isEqualTo(ByteBuffer.allocate(3));
    }

    @Test
    void aDocumentIsNotReadIfItIsNoDocument() {
        for (long length : new long[] {LyingStorage.UNTOLD, HUNDREDS_OF_MIB}) {
            storage.answers(new Answer(200, length, TAGGED));
            assertRefused(blobs.read("2026-11/1/run.json"));
        }
    }

    @Test
    void aListingIsNotReadForEver() {
        storage.answers(new Answer(200, LyingStorage.UNTOLD, Map.of("Content-Type", "application/xml")));

        assertRefused(blobs.list("", Listing.of(Detail.PLAIN)));
    }

    @ParameterizedTest
    @CsvSource({
        "InvalidInput, GetBlob answered 400 InvalidInput",
        "<script>, GetBlob answered 400",
        "'', GetBlob answered 400"
    })
    void onlyWhatCanBeAnErrorCodeIsRepeated(String code, String message) {
        storage.answers(new Answer(400, LyingStorage.NONE, Map.of("x-ms-error-code", code)));
        assertThatThrownBy(() -> now(blobs.readRange("blob", 0, 6, null))).hasMessage(message);

        storage.answers(new Answer(400, LyingStorage.NONE, Map.of("x-ms-error-code", code + "A".repeat(3_000))));
        assertThatThrownBy(() -> now(blobs.readRange("blob", 0, 6, null))).hasMessage("GetBlob answered 400");
    }

    @Test
    void aBlobWithoutAnEtagIsNoInput() {
        assertThat(now(referenced.describe(byReference("blob"), SAS))
                        .orElseThrow()
                        .length())
                .isEqualTo(6);
        assertThatThrownBy(() -> now(referenced.describe(byReference("untagged"), SAS)))
                .hasMessage("the blob has no ETag");
    }

    @Test
    void whatADocumentOfOldAllowsIsDecidedAnewBeforeItIsRead() {
        for (String name : new String[] {"payroll/x", "jobs/2026-11/1/run.json", "jobs/2026-11/1/access"}) {
            Referenced old = new Referenced(storage.endpoint() + "/" + name, false, LyingStorage.ETAG);
            assertRefused(referenced.readRange(old, Secret.NONE, 0, 6));
        }
        Referenced away = new Referenced("https://169.254.169.254/latest/x", false, LyingStorage.ETAG);
        assertFails(referenced.readRange(away, Secret.NONE, 0, 6), FailureCode.HOST_NOT_ALLOWED);
        Referenced told = new Referenced(storage.endpoint() + "/c/b?" + SAS.reveal(), true, LyingStorage.ETAG);
        assertFails(referenced.readRange(told, SAS, 0, 6), FailureCode.ADDRESS_REFUSED);

        assertThat(storage.reads()).isZero();
    }

    private Referenced byReference(String blob) {
        return new Referenced(storage.endpoint() + "/elsewhere/" + blob, true, LyingStorage.ETAG);
    }

    private static void assertRefused(Uni<?> read) {
        assertFails(read, FailureCode.STORAGE_REFUSED);
    }

    private static void assertFails(Uni<?> read, FailureCode code) {
        assertThatThrownBy(() -> now(read))
                .isInstanceOfSatisfying(
                        Permanent.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    private static <T> T now(Uni<T> read) {
        return read.await().atMost(Patience.LIMIT);
    }
}
