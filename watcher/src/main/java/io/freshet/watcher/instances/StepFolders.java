package io.freshet.watcher.instances;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.run.RunId;
import io.freshet.storage.InstanceStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.util.Optional;

/**
 * Finds the run whose outputs are in a folder: named after the run, or, for the first step of the first instance of an
 * id, after the id.
 */
@Singleton
public final class StepFolders {
    private static final int KEPT = 10_000;

    private final InstanceStore store;
    /** Never changes once it is known. */
    private final Cache<InstanceId, RunId> known =
            Caffeine.newBuilder().maximumSize(KEPT).executor(Runnable::run).build();

    StepFolders(InstanceStore store) {
        this.store = store;
    }

    /** Empty if there is no such run, or none yet: reconciling the run finds the outputs. */
    public Uni<Optional<RunId>> runOf(String folder) {
        Optional<RunId> run = RunId.read(folder);
        return run.isPresent()
                ? Uni.createFrom().item(run)
                : InstanceId.decode(folder)
                        .map(this::firstRun)
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Optional<RunId>> firstRun(InstanceId id) {
        RunId run = known.getIfPresent(id);
        return run != null
                ? Uni.createFrom().item(Optional.of(run))
                : store.find(id)
                        .map(found -> found.filter(Instance::isFirstOfItsId)
                                .flatMap(instance -> instance.runs().stream().findFirst()))
                        .invoke(first -> first.ifPresent(r -> known.put(id, r)));
    }
}
