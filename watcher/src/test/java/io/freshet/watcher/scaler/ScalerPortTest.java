package io.freshet.watcher.scaler;

import io.freshet.items.PartLayout;
import io.freshet.message.ControlMessage;
import io.freshet.message.MessageCodec;
import io.freshet.run.Run;
import io.freshet.run.SampleRuns;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.RunStore;
import io.freshet.testing.AzuriteResource;
import io.freshet.testing.Patience;
import io.freshet.testing.StorageUnderTest;
import io.freshet.watcher.scaler.wire.ExternalScalerGrpc;
import io.freshet.watcher.scaler.wire.GetMetricsRequest;
import io.freshet.watcher.scaler.wire.IsActiveResponse;
import io.freshet.watcher.scaler.wire.MetricSpec;
import io.freshet.watcher.scaler.wire.ScaledObjectRef;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;

/** As KEDA sees the watcher: gRPC in clear text on the port that it has for HTTP. */
@QuarkusTest
// what others leave to do would be pushed, too
@QuarkusTestResource(value = AzuriteResource.class, restrictToAnnotatedClass = true)
class ScalerPortTest {
    private static final ScaledObjectRef KEDA = ScaledObjectRef.newBuilder()
            .setName("freshet-worker")
            .setNamespace("freshet")
            .putScalerMetadata("scalerAddress", "freshet-watcher:8081")
            .build();

    @TestHTTPResource
    URI watcher;

    StorageUnderTest storage;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = ManagedChannelBuilder.forAddress(watcher.getHost(), watcher.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void whatTheMetricIsDependsOnNothing() {
        List<MetricSpec> specs =
                ExternalScalerGrpc.newBlockingStub(channel).getMetricSpec(KEDA).getMetricSpecsList();

        assertThat(specs)
                .singleElement()
                .satisfies(spec -> assertThat(spec.getTargetSizeFloat()).isPositive());
    }

    @Test
    void aSubmitIsPushedAndWhatIsToDoIsTold() {
        Told told = new Told();
        ExternalScalerGrpc.newStub(channel).streamIsActive(KEDA, told);
        Awaitility.await("the state when the stream opens")
                .atMost(Patience.LIMIT)
                .until(() -> !told.states.isEmpty());
        assertThat(told.states).containsExactly(false);

        RunStore runs = new RunStore(storage.blobs());
        Run run = submit(runs);

        Awaitility.await("the push").atMost(Patience.LIMIT).until(() -> told.states.contains(true));
        assertThat(isActive()).isTrue();
        assertThat(metric()).isEqualTo(2);

        now(runs.update(run.id(), r -> r.cancel("enough", Clock.systemUTC())));
        Awaitility.await("the end").atMost(Patience.LIMIT).until(() -> metric() == 0);
        assertThat(isActive()).isFalse();
        assertThat(told.isBroken).isFalse();
    }

    private Run submit(RunStore runs) {
        Run run = SampleRuns.pending();
        PartLayout layout = new PartLayout(storage.blobs(), storage.container());
        now(storage.blobs().ensureContainer());
        for (int item = 0; item < run.itemCount(); item++) {
            now(layout.open(run.id(), new Part(item, 100L * item, 100, 1 + 10L * item, 10)));
        }
        now(runs.markActive(run.id()));
        now(runs.create(run));
        storage.probe().send(storage.queue("control"), MessageCodec.write(new ControlMessage.RunChanged(run.id())));
        return run;
    }

    private boolean isActive() {
        return ExternalScalerGrpc.newBlockingStub(channel).isActive(KEDA).getResult();
    }

    private long metric() {
        GetMetricsRequest request =
                GetMetricsRequest.newBuilder().setScaledObjectRef(KEDA).build();
        return ExternalScalerGrpc.newBlockingStub(channel)
                .getMetrics(request)
                .getMetricValues(0)
                .getMetricValue();
    }

    private static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }

    private static final class Told implements StreamObserver<IsActiveResponse> {
        private final List<Boolean> states = new CopyOnWriteArrayList<>();
        private volatile boolean isBroken;

        @Override
        public void onNext(IsActiveResponse state) {
            states.add(state.getResult());
        }

        @Override
        public void onError(Throwable t) {
            isBroken = true;
        }

        @Override
        public void onCompleted() {}
    }
}
