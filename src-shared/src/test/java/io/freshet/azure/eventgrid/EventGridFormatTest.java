package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.event.BlobCreated;
import io.freshet.event.EventFormat.Events;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class EventGridFormatTest {
    private static final String EVENT_GRID = """
            {"topic":"/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/a",
             "subject":"/blobServices/default/containers/jobs/blobs/runs/r1/out/00%2F01 ä.txt",
             "eventType":"Microsoft.Storage.BlobCreated","eventTime":"2026-02-03T04:05:06.1234567Z","id":"e1",
             "data":{"api":"PutBlockList","clientRequestId":"c","requestId":"q","eTag":"0x1","contentType":"text/plain",
             "contentLength":5000000000,"blobType":"BlockBlob","url":"https://a.blob.core.windows.net/jobs/x",
             "sequencer":"00","storageDiagnostics":{"batchId":"b"}},"dataVersion":"","metadataVersion":"1"}""";
    private static final String CLOUD_EVENT = """
            {"source":"/subscriptions/s","subject":"/blobServices/default/containers/jobs/blobs/a/b",
             "type":"Microsoft.Storage.BlobCreated","time":"2026-02-03T04:05:06Z","id":"e2","specversion":"1.0",
             "data":{"api":"PutBlob","contentType":"text/plain","contentLength":3,"blobType":"BlockBlob"}}""";
    private static final String OTHER = """
            {"subject":"/x","eventType":"Microsoft.Storage.BlobDeleted","eventTime":"2026-02-03T04:05:06Z","id":"e3",
             "data":{}}""";
    private static final BlobCreated FIRST = new BlobCreated(
            "e1",
            "jobs",
            "runs/r1/out/00%2F01 ä.txt",
            "text/plain",
            5_000_000_000L,
            "PutBlockList",
            Instant.parse("2026-02-03T04:05:06.1234567Z"));
    private static final BlobCreated SECOND =
            new BlobCreated("e2", "jobs", "a/b", "text/plain", 3, "PutBlob", Instant.parse("2026-02-03T04:05:06Z"));

    private final EventGridFormat format = new EventGridFormat(() -> "acc");

    @Test
    void oneEventOfEitherSchemaIsRead() {
        assertThat(format.read(EVENT_GRID).blobs()).containsExactly(FIRST);
        assertThat(format.read(CLOUD_EVENT).blobs()).containsExactly(SECOND);
    }

    @Test
    void anArrayIsReadAndOtherTypesAreSkipped() {
        assertThat(format.read("[" + EVENT_GRID + "," + OTHER + "," + CLOUD_EVENT + "]")
                        .blobs())
                .containsExactly(FIRST, SECOND);
        assertThat(format.read(OTHER).blobs()).isEmpty();
        assertThat(format.read("[]").blobs()).isEmpty();
    }

    @Test
    void othersAreCounted() {
        assertThat(format.read("[" + OTHER + "," + CLOUD_EVENT + "," + OTHER + "]"))
                .isEqualTo(new Events(List.of(SECOND), 2, 0));
    }

    @Test
    void anEventThatCannotBeReadKeepsNoOtherFromCounting() {
        String half = "{\"eventType\":\"Microsoft.Storage.BlobCreated\",\"id\":\"1\"}";

        assertThat(format.read("[" + half + "," + CLOUD_EVENT + ",7]")).isEqualTo(new Events(List.of(SECOND), 0, 2));
    }

    @Test
    void theCodeOfAHandshakeIsThatOfAValidation() {
        String validation = "{\"id\":\"1\",\"eventType\":\"Microsoft.EventGrid.SubscriptionValidationEvent\","
                + "\"data\":{\"validationCode\":\"abc\"}}";

        assertThat(format.validationCode("[" + validation + "]")).contains("abc");
        assertThat(format.validationCode(validation)).contains("abc");
        assertThat(format.validationCode("[" + OTHER + "]")).isEmpty();
        assertThat(format.validationCode("[]")).isEmpty();
    }

    @Test
    void base64IsReadAsIsPlainText() {
        String base64 = Base64.getEncoder().encodeToString(EVENT_GRID.getBytes(StandardCharsets.UTF_8));

        assertThat(format.read(base64).blobs()).containsExactly(FIRST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no events!",
                "AAAA",
                "{",
                "[1]",
                "{} {}",
                "{\"eventType\":7}",
                "{\"eventType\":\"Microsoft.Storage.BlobCreated\"}",
                "{\"eventType\":\"Microsoft.Storage.BlobCreated\",\"subject\":\"/elsewhere\",\"id\":\"1\"}",
                "{\"eventType\":\"Microsoft.Storage.BlobCreated\",\"id\":\"1\",\"eventTime\":\"today\","
                        + "\"subject\":\"/blobServices/default/containers/c/blobs/b\"}"
            })
    void whatIsNoEventIsMalformed(String text) {
        Permanent failure = catchThrowableOfType(Permanent.class, () -> format.read(text));

        assertThat(failure.code()).isEqualTo(FailureCode.MALFORMED);
    }

    @Property(tries = 300)
    void whatIsWrittenLocallyIsReadBack(@ForAll("blobs") List<BlobCreated> blobs) {
        assertThat(format.read(format.write(blobs)).blobs()).isEqualTo(blobs);
    }

    @Test
    void localEventsHaveTheFieldsOfTheServicesOwn() throws Exception {
        JsonNode written =
                new ObjectMapper().readTree(format.write(List.of(FIRST))).get(0);
        JsonNode real = new ObjectMapper().readTree(EVENT_GRID);

        assertThat(written.fieldNames()).toIterable().containsExactlyInAnyOrderElementsOf(() -> real.fieldNames());
        assertThat(written.path("data").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrderElementsOf(() -> real.path("data").fieldNames());
        assertThat(written.path("data").path("url").asText())
                .isEqualTo("https://acc.blob.core.windows.net/jobs/runs/r1/out/00%252F01%20%C3%A4.txt");
    }

    @Provide
    Arbitrary<List<BlobCreated>> blobs() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange(' ', '\u07ff')
                .ofMinLength(1)
                .ofMaxLength(40);
        Arbitrary<String> containers =
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(3).ofMaxLength(20);
        return Combinators.combine(containers, names, Arbitraries.longs().greaterOrEqual(0))
                .as((container, blob, length) ->
                        new BlobCreated("id" + length, container, blob, "text/plain", length, "PutBlob", Instant.EPOCH))
                .list()
                .ofMaxSize(5);
    }
}
