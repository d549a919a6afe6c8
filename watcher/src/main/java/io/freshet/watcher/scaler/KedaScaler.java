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
 * Tells KEDA how many workers there should be. The numbers come from storage, whichever watcher is asked; if storage
 * does not respond, the call fails and KEDA leaves the workers as they are.
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

    /** The current state, then each change from idle to active; KEDA ignores the reverse. */
    @Override
    public Multi<IsActiveResponse> streamIsActive(ScaledObjectRef request) {
        Multi<IsActiveResponse> state =
                isActive(request).onFailure().recoverWithNull().toMulti();
        Multi<IsActiveResponse> pushes = activations.stream().map(change -> active(true));
        return Multi.createBy().merging().streams(pushes, state).select().first(config.streamLife());
    }

    /** Does not depend on storage: without a response KEDA gives up the whole ScaledObject. */
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
                .invoke(t -> LOG.debugf("Could not answer KEDA: %s", t.getMessage()))
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
