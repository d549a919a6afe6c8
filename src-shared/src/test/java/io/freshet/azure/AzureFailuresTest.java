package io.freshet.azure;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import io.netty.channel.ChannelException;
import io.vertx.core.VertxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class AzureFailuresTest {

    /** Whatever a client throws when a connection goes is no answer: the same request may be right the next time. */
    static Stream<Throwable> connectionsThatGo() {
        return Stream.of(
                new IOException("reset"),
                new TimeoutException(),
                new VertxException("Connection was closed"),
                new ChannelException("closed"),
                new NoSuchElementException(),
                new IllegalStateException(),
                new RuntimeException(new IOException("reset")),
                new UncheckedIOException(new IOException("reset")));
    }

    @ParameterizedTest
    @MethodSource("connectionsThatGo")
    void aConnectionThatGoesIsTriedAgain(Throwable failure) {
        FreshetException translated = AzureFailures.translate("GetBlob", failure);

        assertThat(translated).isInstanceOf(Transient.class);
        assertThat(translated.code()).isEqualTo(FailureCode.STORAGE_UNAVAILABLE);
    }

    @Test
    void aMistakeOfOursIsNot() {
        FreshetException translated = AzureFailures.translate("GetBlob", new IllegalArgumentException("a secret"));

        assertThat(translated).isInstanceOf(Permanent.class).hasMessageNotContaining("a secret");
    }
}
