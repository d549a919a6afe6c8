package io.freshet.watcher.instances;

import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.run.RunId;
import io.freshet.storage.InstanceStore;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Whose outputs lie in a folder: that of a run, or of the first step of the first instance that has an id. */
@Singleton
public final class StepFolders {
    private static final int KEPT = 10_000;

    private final InstanceStore store;
    /** It is decided once. */
    private final Map<InstanceId, RunId> known = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InstanceId, RunId> eldest) {
            return size() > KEPT;
        }
    };

    StepFolders(InstanceStore store) {
        this.store = store;
    }

    /** Nothing if nobody's do, or nobody's yet: whoever looks after the run finds them. */
    public Uni<Optional<RunId>> runOf(String folder) {
        Optional<RunId> run = RunId.read(folder);
        return run.isPresent()
                ? Uni.createFrom().item(run)
                : InstanceId.decode(folder)
                        .map(this::firstRun)
                        .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    private Uni<Optional<RunId>> firstRun(InstanceId id) {
        Optional<RunId> run = known(id);
        return run.isPresent()
                ? Uni.createFrom().item(run)
                : store.find(id)
                        .map(found -> found.filter(Instance::isFirstOfItsId)
                                .flatMap(instance -> instance.runs().stream().findFirst()))
                        .invoke(first -> first.ifPresent(r -> remember(id, r)));
    }

    private synchronized Optional<RunId> known(InstanceId id) {
        return Optional.ofNullable(known.get(id));
    }

    private synchronized void remember(InstanceId id, RunId run) {
        known.put(id, run);
    }
}
