package io.freshet.watcher.progress;

import io.freshet.event.BlobCreated;
import io.freshet.event.EventFormat.Events;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.items.BlobLayout;
import io.freshet.items.Layouts;
import io.freshet.run.ItemOutcome;
import io.freshet.run.ItemOutcome.Tally;
import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.doctor.Probes;
import io.freshet.watcher.instances.Instances;
import io.freshet.watcher.instances.StepFolders;
import io.freshet.watcher.reconcile.Reconciler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Interprets storage's events, however they are delivered: outputs become progress, results wake the reconciler,
 * everything else is not ours and is only counted.
 */
@Singleton
public final class StorageEvents {
    private static final RunLog LOG = RunLog.of(StorageEvents.class);
    /** In accounts with folders, the creation of an empty file; when it is complete, storage sends another event. */
    private static final String BEGUN = "CreateFile";

    private final ProgressLedger ledger;
    private final Reconciler reconciler;
    private final BlobLayout layout;
    private final StepFolders folders;
    private final Instances instances;
    private final Probes probes;
    private final EventMetrics metrics;
    private final String container;

    StorageEvents(
            ProgressLedger ledger,
            Reconciler reconciler,
            BlobLayout layout,
            StepFolders folders,
            Instances instances,
            Probes probes,
            EventMetrics metrics,
            @ConfigProperty(name = "freshet.storage.container") String container) {
        this.ledger = ledger;
        this.reconciler = reconciler;
        this.layout = layout;
        this.folders = folders;
        this.instances = instances;
        this.probes = probes;
        this.metrics = metrics;
        this.container = container;
    }

    /** Completes when everything the events report is written; foreign events are accepted as well. */
    public Uni<Void> accept(Events events) {
        Sorted sorted = new Sorted();
        int ours = 0;
        for (BlobCreated blob : events.blobs()) {
            ours += sort(blob, sorted) ? 1 : 0;
        }
        metrics.received(ours, events.others() + events.blobs().size() - ours, events.unreadable());
        return Uni.join()
                .all(actions(sorted))
                .andCollectFailures()
                .onFailure(CompositeException.class)
                .transform(Throwable::getCause)
                .replaceWithVoid();
    }

    private boolean sort(BlobCreated event, Sorted sorted) {
        if (event.api().equals(BEGUN)) {
            return false;
        }
        boolean inRuns = event.container().equals(container) && sorted.add(event);
        boolean besideOutputs =
                event.container().equals(layout.container()) && (sorted.addOutput(event) || sorted.addProbe(event));
        return inRuns || besideOutputs;
    }

    private List<Uni<Void>> actions(Sorted events) {
        List<Uni<Void>> actions = new ArrayList<>();
        actions.add(Uni.createFrom().voidItem());
        events.outcomes.forEach((run, outcomes) -> actions.add(record(run, outcomes)));
        events.outputs.forEach((folder, outcomes) -> actions.add(folders.runOf(folder)
                .flatMap(run -> run.isPresent()
                        ? record(run.get(), outcomes)
                        : Uni.createFrom().voidItem())));
        events.merged.forEach(run -> actions.add(reconciler.reconcile(run)));
        events.probes.forEach(probe -> actions.add(probes.eventArrived(probe)));
        return actions;
    }

    private Uni<Void> record(RunId run, List<ItemOutcome> outcomes) {
        return ledger.record(run, outcomes)
                .call(instances::progressed)
                .flatMap(reconciler::progressed)
                .onFailure(StorageEvents::isUnknown)
                .recoverWithItem(() -> {
                    LOG.debug(run, "Ignored an event for run %s, which does not exist", run);
                    return null;
                });
    }

    private static boolean isUnknown(Throwable t) {
        return FreshetException.is(t, FailureCode.NOT_FOUND);
    }

    private static final class Sorted {
        private final Map<RunId, List<ItemOutcome>> outcomes = new HashMap<>();
        private final Map<String, List<ItemOutcome>> outputs = new HashMap<>();
        private final Set<RunId> merged = new HashSet<>();
        private final Set<String> probes = new HashSet<>();

        /** False if it is not a probe. */
        boolean addProbe(BlobCreated event) {
            return Probes.isProbe(event.blob()) && probes.add(event.blob());
        }

        /** False if it is not an output of a step. */
        boolean addOutput(BlobCreated event) {
            return BlobLayout.parseOutput(event.blob())
                    .map(name -> outputs.computeIfAbsent(name.folder(), folder -> new ArrayList<>())
                            .add(new ItemOutcome.Done(name.item(), new Tally(1, 0))))
                    .orElse(false);
        }

        /** False if it is neither an output nor the results of a run. */
        boolean add(BlobCreated event) {
            RunId results = RunFiles.parseResults(event.blob());
            if (results != null) {
                merged.add(results);
                return true;
            }
            return Layouts.outcome(event.blob(), event.contentType())
                    .map(told -> outcomes.computeIfAbsent(told.run(), run -> new ArrayList<>())
                            .add(told.outcome()))
                    .orElse(false);
        }
    }

    /** Metrics of storage's events. */
    @Singleton
    static final class EventMetrics {
        private final Counter ours;
        private final Counter foreign;
        private final Counter unreadable;

        EventMetrics(MeterRegistry registry) {
            ours = counter(registry, "ours");
            foreign = counter(registry, "foreign");
            unreadable = counter(registry, "unreadable");
        }

        private static Counter counter(MeterRegistry registry, String kind) {
            return Counter.builder("freshet.events")
                    .description("Events of storage, by whether they tell of items and results")
                    .tag("kind", kind)
                    .register(registry);
        }

        void received(int tellingOfRuns, int others, int wrong) {
            ours.increment(tellingOfRuns);
            foreign.increment(others);
            unreadable.increment(wrong);
        }
    }
}
