package io.freshet.azure.storage;

import io.freshet.storage.BlobStore;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

import java.time.Duration;

/** Ready means that storage answers; what it answers does not matter. */
@Readiness
@Singleton
final class StorageReadiness implements AsyncHealthCheck {
    private static final String NAME = "storage";
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final BlobStore blobs;

    StorageReadiness(BlobStore blobs) {
        this.blobs = blobs;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return blobs.describe("active/readiness")
                .map(answer -> HealthCheckResponse.up(NAME))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure()
                .recoverWithItem(t -> HealthCheckResponse.named(NAME)
                        .down()
                        .withData("reason", "storage does not answer")
                        .build());
    }
}
