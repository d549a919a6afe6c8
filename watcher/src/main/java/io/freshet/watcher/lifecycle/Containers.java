package io.freshet.watcher.lifecycle;

import io.freshet.items.BlobLayout;
import io.freshet.storage.BlobStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Everything that lies in storage lies in one of them. */
@Singleton
final class Containers {
    private final BlobStore runs;
    private final BlobLayout steps;

    Containers(BlobStore runs, BlobLayout steps) {
        this.runs = runs;
        this.steps = steps;
    }

    Uni<Void> ensure() {
        return runs.ensureContainer().chain(steps::ensureContainers);
    }
}
