package io.freshet.watcher.scaler;

import io.freshet.failure.FailureCode;
import io.freshet.failure.Transient;
import io.freshet.run.SampleRuns;
import io.freshet.storage.BlobStore;
import io.freshet.testing.InMemoryBlobStore;
import io.freshet.testing.Patience;
import io.freshet.watcher.backlog.Backlog;
import io.freshet.watcher.backlog.BacklogLab;
import io.freshet.watcher.scaler.wire.GetMetricsRequest;
import io.freshet.watcher.scaler.wire.IsActiveResponse;
import io.freshet.watcher.scaler.wire.MetricSpec;
import io.freshet.watcher.scaler.wire.ScaledObjectRef;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KedaScalerTest {
    private static final ScaledObjectRef KEDA = ScaledObjectRef.getDefaultInstance();

    private final Backlog backlog = backlog(new InMemoryBlobStore(SampleRuns.at(50)));
    private final Activations activations = new Activations(backlog);
    private final KedaScaler scaler = scaler(backlog, Duration.ofMinutes(10));

    private record Config(OptionalInt concurrency, Duration streamLife) implements ScalerConfig {}

    @BeforeEach
    void start() {
        activations.onStart(new StartupEvent());
    }

    @Test
    void bothAnswersSayTheSame() {
        assertThat(isActive()).isFalse();
        assertThat(metric()).isZero();

        backlog.saw(SampleRuns.running());

        assertThat(isActive()).isTrue();
        assertThat(metric()).isEqualTo(2);
    }

    @Test
    void aReplicaIsForAsManyItemsAsAWorkerWorksOnAtOnce() {
        MetricSpec spec =
                scaler.getMetricSpec(KEDA).await().atMost(Patience.LIMIT).getMetricSpecs(0);

        assertThat(spec.getTargetSize()).isEqualTo(4);
        assertThat(spec.getTargetSizeFloat()).isEqualTo(4.0);
        assertThat(spec.getMetricName()).isEqualTo("freshet-items");
    }

    @Test
    void withoutStorageNothingIsSaidButWhatTheMetricIs() {
        KedaScaler blind = scaler(backlog(away()), Duration.ofMinutes(10));

        assertThatThrownBy(() -> blind.isActive(KEDA).await().atMost(Patience.LIMIT))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        assertThatThrownBy(() -> blind.getMetrics(GetMetricsRequest.getDefaultInstance())
                        .await()
                        .atMost(Patience.LIMIT))
                .isInstanceOf(StatusRuntimeException.class);
        assertThat(blind.getMetricSpec(KEDA).await().atMost(Patience.LIMIT).getMetricSpecsCount())
                .isEqualTo(1);
    }

    @Test
    void aStreamBeginsWithTheStateAndTellsWhenThereIsSomethingToDo() {
        AssertSubscriber<IsActiveResponse> stream = stream(scaler);
        assertThat(told(stream)).containsExactly(false);

        backlog.saw(SampleRuns.running());
        backlog.saw(SampleRuns.finalizing());
        backlog.saw(SampleRuns.completed());
        backlog.saw(SampleRuns.running());

        assertThat(told(stream)).containsExactly(false, true, true);
    }

    @Test
    void aStreamThatCannotBeginWithTheStateStillTells() {
        Backlog blind = backlog(away());
        Activations moments = new Activations(blind);
        moments.onStart(new StartupEvent());
        AssertSubscriber<IsActiveResponse> stream =
                stream(new KedaScaler(blind, moments, config(Duration.ofSeconds(10))));

        blind.saw(SampleRuns.running());

        assertThat(told(stream)).containsExactly(true);
    }

    @Test
    void streamsEndInOrderWhenTheWatcherStops() {
        AssertSubscriber<IsActiveResponse> stream = stream(scaler);

        activations.onStop(new ShutdownDelayInitiatedEvent());

        stream.awaitCompletion(Patience.LIMIT);
        stream(scaler).awaitCompletion(Patience.LIMIT);
    }

    @Test
    void streamsEndInOrderNowAndThen() {
        stream(scaler(backlog, Duration.ofMillis(1))).awaitCompletion(Patience.LIMIT);
    }

    private KedaScaler scaler(Backlog backlog, Duration life) {
        return new KedaScaler(backlog, activations, config(life));
    }

    private static Config config(Duration life) {
        return new Config(OptionalInt.of(4), life);
    }

    private static AssertSubscriber<IsActiveResponse> stream(KedaScaler scaler) {
        return scaler.streamIsActive(KEDA).subscribe().withSubscriber(AssertSubscriber.create(100));
    }

    private static List<Boolean> told(AssertSubscriber<IsActiveResponse> stream) {
        return stream.getItems().stream().map(IsActiveResponse::getResult).toList();
    }

    private boolean isActive() {
        return scaler.isActive(KEDA).await().atMost(Patience.LIMIT).getResult();
    }

    private long metric() {
        return scaler.getMetrics(GetMetricsRequest.getDefaultInstance())
                .await()
                .atMost(Patience.LIMIT)
                .getMetricValues(0)
                .getMetricValue();
    }

    private static Backlog backlog(BlobStore blobs) {
        return BacklogLab.backlog(blobs, SampleRuns.at(50), () -> 0);
    }

    private static BlobStore away() {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(),
                new Class<?>[] {BlobStore.class},
                (proxy, method, arguments) ->
                        Uni.createFrom().failure(new Transient(FailureCode.STORAGE_UNAVAILABLE, "away", null)));
    }
}
