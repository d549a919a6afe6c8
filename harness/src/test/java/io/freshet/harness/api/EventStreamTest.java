package io.freshet.harness.api;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

final class EventStreamTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @Test
    void eventsAreReadWhereverTheChunksAreCutAndCommentsAndNamesArePassedOver() {
        List<InputStream> chunks = Stream.of(
                        "id: 1\nda",
                        "ta: {\"a\":1}\n",
                        "\n:beat\n\nevent: x\r\ndata:2\r\ndata: 3\r\n\r\n",
                        "data: cut off")
                .<InputStream>map(text -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .toList();

        try (EventStream events = EventStream.of(new SequenceInputStream(Collections.enumeration(chunks)))) {
            assertThat(events.next(PATIENCE)).contains("{\"a\":1}");
            assertThat(events.next(PATIENCE)).contains("2\n3");
            assertThat(events.next(PATIENCE)).isEmpty();
        }
    }

    @Test
    void aSilentStreamIsAsGoodAsItsEnd() {
        InputStream silent = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read");
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                try {
                    new java.util.concurrent.CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return -1;
            }
        };

        try (EventStream events = EventStream.of(silent)) {
            assertThat(events.next(Duration.ofMillis(10))).isEmpty();
        }
    }
}
