package io.freshet.watcher.instances;

import io.freshet.coordination.InstanceReconciler;
import io.freshet.coordination.Progression;
import io.freshet.instance.Instance;
import io.freshet.instance.InstanceId;
import io.freshet.items.ItemFolders;
import io.freshet.orchestration.Orchestrations;
import io.freshet.run.RunIds;
import io.freshet.storage.InstanceStore;
import io.freshet.storage.RaisedEvents;
import io.freshet.storage.Remains;
import io.freshet.storage.StreamedLines;
import io.freshet.testing.Patience;
import io.freshet.watcher.reconcile.ReconcilerLab;
import io.smallrye.mutiny.Uni;

/** Instances beside the reconciler of a {@link ReconcilerLab}. */
public final class InstancesLab {
    private final ReconcilerLab lab;
    public final InstanceStore store;
    public final StepFolders folders;
    public final Instances instances;
    final Remains remains;
    final RaisedEvents events;
    final Leftovers leftovers;

    public InstancesLab(ReconcilerLab lab) {
        this.lab = lab;
        this.store = new InstanceStore(lab.blobs());
        this.folders = new StepFolders(store);
        this.remains = new Remains(lab.blobs());
        this.events = new RaisedEvents(lab.blobs());
        Orchestrations orchestrations = lab.orchestrations();
        EngineStepRuns runs = new EngineStepRuns(
                lab.store(),
                lab.blobs(),
                lab.layouts(),
                new StepSpecs(lab.blobs(), orchestrations, new Manifests(lab.blobs(), lab.existing())),
                lab.reconciler(),
                lab.clock());
        RunIds ids = new RunIds(lab.clock(), bound -> lab.nextNumber());
        InstanceReconciler reconciler = new InstanceReconciler(
                store, events, orchestrations, new Progression(lab.clock(), ids::nextStep), runs, lab.clock());
        this.instances = new Instances(store, reconciler, runs, lab.clock());
        lab.tellOfEnds(instances::moved);
        this.leftovers = new Leftovers(
                remains,
                store,
                runs,
                new ItemFolders(lab.inputs(), lab.outputs()),
                new StreamedLines(lab.blobs()),
                events,
                lab.clock());
    }

    /** One that a client has started, and that nobody has looked at. */
    public Instance started(InstanceId id, String input) {
        start(id, "ComputeOrchestrator", input);
        return now(id);
    }

    void start(InstanceId id, String orchestration, String input) {
        now(store.start(
                id,
                generation -> Instance.started(
                        id,
                        new Instance.Request(orchestration, null, input, null),
                        new Instance.Execution("token " + generation, generation),
                        lab.clock().instant())));
    }

    public Instance now(InstanceId id) {
        return now(store.find(id)).orElseThrow();
    }

    static <T> T now(Uni<T> call) {
        return call.await().atMost(Patience.LIMIT);
    }
}
