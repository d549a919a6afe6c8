package io.freshet.watcher.scaler;

import io.freshet.watcher.backlog.Backlog;
import io.freshet.watcher.scaler.wire.ExternalScaler;
import io.freshet.watcher.scaler.wire.GetMetricSpecResponse;
import io.freshet.watcher.scaler.wire.GetMetricsRequest;
import io.freshet.watcher.scaler.wire.GetMetricsResponse;
import io.freshet.watcher.scaler.wire.IsActiveResponse;
import io.freshet.watcher.scaler.wire.MetricSpec;
import io.freshet.watcher.scaler.wire.MetricValue;
import io.freshet.watcher.scaler.wire.ScaledObjectRef;
import io.grpc.Status;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

/**
 * Tells KEDA how many workers there should be. What it answers comes from storage, whichever watcher is asked; if storage
 * does not answer, neither do we, and KEDA leaves the workers as they are.
 */
@GrpcService
final class KedaScaler implements ExternalScaler {
    private static final Logger LOG = Logger.getLogger(KedaScaler.class);
    private static final String METRIC = "freshet-items";

    private final Backlog backlog;
    private final Activations activations;
    private final ScalerConfig config;

    KedaScaler(Backlog backlog, Activations activations, ScalerConfig config) {
        this.backlog = backlog;
        this.activations = activations;
        this.config = config;
    }

    @Override
    public Uni<IsActiveResponse> isActive(ScaledObjectRef request) {
        return demand().map(items -> active(items > 0));
    }

    /** The state now, and then each change from nothing to do to something: KEDA ignores the other one. */
    @Override
    public Multi<IsActiveResponse> streamIsActive(ScaledObjectRef request) {
        Multi<IsActiveResponse> state =
                isActive(request).onFailure().recoverWithNull().toMulti();
        Multi<IsActiveResponse> pushes = activations.stream().map(change -> active(true));
        return Multi.createBy().merging().streams(pushes, state).select().first(config.streamLife());
    }

    /** Depends on nothing: without an answer KEDA gives the whole ScaledObject up. */
    @Override
    public Uni<GetMetricSpecResponse> getMetricSpec(ScaledObjectRef request) {
        int target = config.concurrency().orElse(1);
        MetricSpec spec = MetricSpec.newBuilder()
                .setMetricName(METRIC)
                .setTargetSize(target)
                .setTargetSizeFloat(target)
                .build();
        return Uni.createFrom()
                .item(GetMetricSpecResponse.newBuilder().addMetricSpecs(spec).build());
    }

    @Override
    public Uni<GetMetricsResponse> getMetrics(GetMetricsRequest request) {
        return demand().map(items -> GetMetricsResponse.newBuilder()
                .addMetricValues(MetricValue.newBuilder()
                        .setMetricName(METRIC)
                        .setMetricValue(items)
                        .setMetricValueFloat(items))
                .build());
    }

    private Uni<Integer> demand() {
        return backlog.demand()
                .onFailure()
                .invoke(t -> LOG.debugf("KEDA is not answered: %s", t.getMessage()))
                .onFailure()
                .transform(t -> Status.UNAVAILABLE
                        .withDescription(
                                "The watcher cannot read its runs from storage; see its log and /q/health/ready")
                        .asRuntimeException());
    }

    private static IsActiveResponse active(boolean result) {
        return IsActiveResponse.newBuilder().setResult(result).build();
    }
}
