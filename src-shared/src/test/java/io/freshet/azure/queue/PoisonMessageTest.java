package io.freshet.azure.queue;

import com.azure.core.util.BinaryData;
import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;

import static org.assertj.core.api.Assertions.assertThat;

final class PoisonMessageTest {
    private static final int LIMIT = 64 * 1024;

    @Test
    void aLongReasonGivesWayToTheBody() throws Exception {
        String body = "b".repeat(60_000);

        JsonNode poison = poison(body, "r".repeat(50_000));

        assertThat(poison.path("body").asText()).isEqualTo(body);
        assertThat(poison.path("reason").asText()).startsWith("rrrr").hasSizeLessThan(6_000);
        assertThat(poison.has("bodyTruncated")).isFalse();
    }

    @Test
    void aBodyThatDoesNotFitIsCutAndMarked() throws Exception {
        JsonNode poison = poison("\"".repeat(LIMIT), "why");

        assertThat(poison.path("reason").asText()).isEqualTo("why");
        assertThat(poison.path("body").asText()).hasSizeBetween(30_000, 33_000).matches("\"+");
        assertThat(poison.path("bodyTruncated").asBoolean()).isTrue();
    }

    @Test
    void whatXmlCannotCarryIsReplacedInTheReason() throws Exception {
        assertThat(poison("x", "a\u0000b\uFFFEc\uD83D\uDE00\uD83D")
                        .path("reason")
                        .asText())
                .isEqualTo("a?b?c\uD83D\uDE00?");
    }

    @Property(tries = 60)
    void anyPoisonMessageFits(@ForAll("sizes") int body, @ForAll("sizes") int reason, @ForAll("pieces") String piece)
            throws Exception {
        String json = json(piece.repeat(body), piece.repeat(reason));

        assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(LIMIT);
        assertThat(piece.repeat(body))
                .startsWith(new ObjectMapper().readTree(json).path("body").asText());
    }

    @Provide
    Arbitrary<Integer> sizes() {
        return Arbitraries.integers().between(0, LIMIT);
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.of("a", "\"", "\n", "ä", "\uD83D\uDE00");
    }

    private static JsonNode poison(String body, String reason) throws Exception {
        return new ObjectMapper().readTree(json(body, reason));
    }

    private static String json(String body, String reason) {
        QueueMessageItem item = new QueueMessageItem()
                .setBody(BinaryData.fromString(body))
                .setMessageId("id")
                .setDequeueCount(3)
                .setInsertionTime(OffsetDateTime.parse("2026-01-01T00:00:00Z"));
        return new PoisonMessage("q", item, reason, Instant.EPOCH).toJson();
    }
}
