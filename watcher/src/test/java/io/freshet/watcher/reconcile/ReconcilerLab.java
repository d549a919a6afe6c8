package io.freshet.watcher.reconcile;

import io.freshet.items.BlobLayout;
import io.freshet.items.ItemIndex;
import io.freshet.items.Layouts;
import io.freshet.message.WorkMessage;
import io.freshet.orchestration.Orchestrations;
import io.freshet.run.Run;
import io.freshet.storage.BlobStore;
import io.freshet.storage.RunStore;
import io.freshet.testing.MemoryOpenBlobs;
import io.freshet.watcher.backlog.BacklogLab;
import io.smallrye.mutiny.Uni;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** A reconciler on storage in memory, for tests of those who ask it to look. */
public final class ReconcilerLab {
    private final Lab lab;
    private final Reconciler reconciler;

    public ReconcilerLab() {
        this(new Lab());
    }

    ReconcilerLab(Lab lab) {
        this.lab = lab;
        this.reconciler = new Reconciler(
                lab.store,
                lab.table(),
                lab.removal(),
                new Reconciler.Memory(BacklogLab.backlog(lab.store), lab.stalls, lab.unsent, lab.waits),
                lab.config,
                (delay, task) -> {});
    }

    /** Another process on the same storage, after this one has died. */
    public ReconcilerLab restarted() {
        lab.unsent.forgetAllBut(Set.of());
        lab.stalls.forgetAllBut(Set.of());
        return new ReconcilerLab(lab);
    }

    /** For the ids of runs; also the next process goes on with it. */
    public int nextNumber() {
        return lab.numbers.incrementAndGet();
    }

    /** Whom the end of a run is told. */
    public void tellOfEnds(Function<Run, Uni<Void>> reader) {
        lab.reader = reader::apply;
    }

    /** The ends that were told. */
    public List<Run> ends() {
        return lab.reported;
    }

    public Mishap mishap() {
        return lab.mishap;
    }

    public Orchestrations orchestrations() {
        return lab.orchestrations;
    }

    public Reconciler reconciler() {
        return reconciler;
    }

    public RunStore store() {
        return lab.store;
    }

    /** What is open to everybody. */
    public MemoryOpenBlobs existing() {
        return lab.existing;
    }

    public void advance(Duration by) {
        lab.clock.advance(by);
    }

    public BlobStore blobs() {
        return lab.blobs;
    }

    /** Where the inputs of steps lie. */
    public BlobStore inputs() {
        return lab.inputs;
    }

    /** Where the outputs of steps lie. */
    public BlobStore outputs() {
        return lab.outputs;
    }

    public BlobLayout steps() {
        return lab.steps;
    }

    public Layouts layouts() {
        return lab.layouts;
    }

    public Clock clock() {
        return lab.clock;
    }

    /** A released run of so many open parts. */
    public Run submitted(int parts) {
        return lab.submitted(parts);
    }

    /** The part's index blob says why it has failed. */
    public void failed(Run run, int item, String reason) {
        lab.index(run, ItemIndex.open(Lab.part(item)).failed(reason));
    }

    public List<WorkMessage> sent() {
        return lab.queue.sent;
    }

    /** How often the run's document was written. */
    public int writes() {
        return lab.writes.get();
    }
}
