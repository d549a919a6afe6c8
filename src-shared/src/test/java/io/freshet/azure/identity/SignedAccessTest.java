package io.freshet.azure.identity;

import io.freshet.storage.Secret;
import io.freshet.storage.StorageAccess;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What lets pods in that have no credential of their own. */
class SignedAccessTest {
    private static final String KEY = "c2VjcmV0LWtleQ==";
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void whoHasAKeySignsForBlobsAndQueuesUntilATimeAndFromNone() {
        Secret connection = access(Map.of("account", "freshetdata", "key", KEY))
                .connection(Duration.ofDays(7))
                .orElseThrow();

        Map<String, String> parts = parts(connection.reveal(), ";");
        assertThat(parts)
                .containsEntry("BlobEndpoint", "https://freshetdata.blob.core.windows.net")
                .containsEntry("QueueEndpoint", "https://freshetdata.queue.core.windows.net");
        assertThat(parts(parts.get("SharedAccessSignature"), "&"))
                .containsEntry("ss", "bq")
                .containsEntry("srt", "co")
                .containsEntry("sp", "rwdlac")
                .containsEntry("spr", "https")
                .containsEntry("se", "2026-11-29T10%3A00%3A00Z")
                .doesNotContainKey("st");
        assertThat(connection).asString().doesNotContain("sig=");
        assertThat(connection.reveal()).doesNotContain(KEY);
    }

    @Test
    void whoHasNoKeySignsNothing() {
        String sas = "BlobEndpoint=https://a.example;QueueEndpoint=https://b.example;SharedAccessSignature=sig=x";

        assertThat(access(Map.of("account", "freshetdata")).connection(Duration.ofDays(7)))
                .isEmpty();
        assertThat(access(Map.of("connection-string", sas)).canSign()).isFalse();
    }

    private static Map<String, String> parts(String text, String between) {
        return Arrays.stream(text.split(between))
                .map(part -> part.split("=", 2))
                .collect(Collectors.toMap(part -> part[0], part -> part[1]));
    }

    private static StorageAccess access(Map<String, String> storage) {
        Map<String, String> properties = storage.entrySet().stream()
                .collect(Collectors.toMap(entry -> "freshet.storage." + entry.getKey(), Map.Entry::getValue));
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withMapping(StorageConfig.class)
                .withSources(new PropertiesConfigSource(properties, "storage", 1_000))
                .build();
        StorageConfig mapped = config.getConfigMapping(StorageConfig.class);
        return new SignedAccess(
                new StorageAccount(mapped, request -> Mono.never()), mapped, Clock.fixed(NOW, ZoneOffset.UTC));
    }
}
