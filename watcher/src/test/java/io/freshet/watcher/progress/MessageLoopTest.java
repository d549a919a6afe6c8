package io.freshet.watcher.progress;

import io.smallrye.mutiny.Uni;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class MessageLoopTest {
    private final Deliveries deliveries = new Deliveries();

    @Test
    void whatWasHandledIsAcknowledged() {
        MessageLoop.run(
                deliveries.of(List.of("a", "b")), 2, payload -> Uni.createFrom().voidItem());

        assertThat(deliveries.acknowledged).containsExactly("a", "b");
    }

    @Test
    void whatFailsOrThrowsIsNotAndStopsNothing() {
        MessageLoop.run(deliveries.of(List.of("fails", "throws", "c")), 1, payload -> switch (payload) {
            case "fails" -> Uni.createFrom().failure(new IllegalStateException("it failed"));
            case "throws" -> throw new IllegalStateException("it threw");
            default -> Uni.createFrom().voidItem();
        });

        assertThat(deliveries.acknowledged).containsExactly("c");
        assertThat(deliveries.failures).extracting(Throwable::getMessage).containsExactly("it failed", "it threw");
    }
}
