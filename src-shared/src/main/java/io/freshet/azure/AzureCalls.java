package io.freshet.azure;

import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.failure.Transient;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import mutiny.zero.flow.adapters.AdaptersToFlow;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * The one way to call Azure: lazy, with a time-out and bounded retries with jitter. Honours {@code Retry-After},
 * translates failures, counts calls by operation and result, and returns to the caller's Vert.x context. The SDK's own
 * retries are off.
 */
@Singleton
public final class AzureCalls {
    /** Timer of storage, queue and Event Grid calls by {@code operation} and {@code result}. */
    public static final String METRIC = "freshet.azure.calls";

    private final AzureCallConfig config;
    private final MeterRegistry metrics;

    public AzureCalls(AzureCallConfig config, MeterRegistry metrics) {
        this.config = config;
        this.metrics = metrics;
    }

    /**
     * Calls the SDK. The result is null if the response is empty.
     *
     * @param operation name of the REST operation, such as {@code PutBlob}; used in failures and metrics
     */
    public <T> Uni<@Nullable T> call(String operation, Supplier<Mono<T>> sdk) {
        return Uni.createFrom().deferred(() -> {
            Context context = Vertx.currentContext();
            Uni<T> answer =
                    attempt(operation, sdk).onFailure(Transient.class).retry().when(failures -> backOff(failures));
            return context == null ? answer : answer.emitOn(task -> context.runOnContext(x -> task.run()));
        });
    }

    /** The service's own code of a failed call, such as {@code PopReceiptMismatch}; empty when it gave none. */
    public static String errorCode(Throwable failure) {
        return AzureFailures.code(failure);
    }

    private <T> Uni<T> attempt(String operation, Supplier<Mono<T>> sdk) {
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            return Uni.createFrom()
                    .<T>publisher(AdaptersToFlow.publisher(sdk.get()))
                    .ifNoItem()
                    .after(config.timeout())
                    .failWith(() -> timedOut(operation))
                    .onFailure()
                    .transform(t -> AzureFailures.translate(operation, t))
                    .onItemOrFailure()
                    .invoke((item, failure) -> count(operation, failure, System.nanoTime() - begun));
        });
    }

    private Transient timedOut(String operation) {
        return new Transient(
                FailureCode.STORAGE_UNAVAILABLE, operation + ": no answer within " + config.timeout(), null);
    }

    private Multi<?> backOff(Multi<Throwable> failures) {
        int[] attempt = {0};
        return failures.onItem().transformToUniAndConcatenate(failure -> {
            attempt[0]++;
            return attempt[0] >= config.attempts()
                    ? Uni.createFrom().failure(failure)
                    : Uni.createFrom().item(failure).onItem().delayIt().by(wait(attempt[0], (Transient) failure));
        });
    }

    private Duration wait(int attempt, Transient failure) {
        long doubled = config.firstBackOff().toMillis() << Math.min(attempt - 1, 16);
        long jittered = doubled / 2 + ThreadLocalRandom.current().nextLong(doubled / 2 + 1);
        long asked = failure.retryAfter().map(Duration::toMillis).orElse(0L);
        return Duration.ofMillis(Math.min(
                Math.max(1, Math.max(jittered, asked)), config.maxBackOff().toMillis()));
    }

    private void count(String operation, @Nullable Throwable failure, long nanos) {
        String result = failure instanceof FreshetException f ? f.code().name().toLowerCase(Locale.ROOT) : "ok";
        metrics.timer(METRIC, "operation", operation, "result", result).record(Duration.ofNanos(nanos));
    }
}
