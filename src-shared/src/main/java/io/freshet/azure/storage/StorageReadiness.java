package io.freshet.azure.storage;

import io.freshet.storage.BlobStore;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ready means that storage responds and grants access. If it does not, the reason is logged once until it does again.
 */
@Readiness
@Singleton
final class StorageReadiness implements AsyncHealthCheck {
    private static final Logger LOG = Logger.getLogger(StorageReadiness.class);
    private static final String NAME = "storage";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final BlobStore blobs;
    private final AtomicBoolean away = new AtomicBoolean();

    StorageReadiness(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return blobs.describe("active/readiness")
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(answer -> up())
                .onFailure()
                .recoverWithItem(this::down);
    }

    private HealthCheckResponse up() {
        if (away.compareAndSet(true, false)) {
            LOG.info("Storage responds again");
        }
        return HealthCheckResponse.up(NAME);
    }

    private HealthCheckResponse down(Throwable failure) {
        String reason = failure instanceof TimeoutException
                ? "no answer within " + PATIENCE.toSeconds() + " s"
                : String.valueOf(failure.getMessage());
        if (away.compareAndSet(false, true)) {
            LOG.warnf("Not ready until storage responds: %s", reason);
        }
        return HealthCheckResponse.named(NAME).down().withData("reason", reason).build();
    }
}
