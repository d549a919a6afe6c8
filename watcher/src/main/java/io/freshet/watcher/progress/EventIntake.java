package io.freshet.watcher.progress;

import io.freshet.azure.eventgrid.EventParser;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.items.BlobLayout;
import io.freshet.items.Layouts;
import io.freshet.message.BlobCreated;
import io.freshet.run.ItemOutcome;
import io.freshet.run.RunId;
import io.freshet.run.Tally;
import io.freshet.storage.RunFiles;
import io.freshet.telemetry.RunLog;
import io.freshet.watcher.instances.Instances;
import io.freshet.watcher.instances.StepFolders;
import io.freshet.watcher.reconcile.Reconciler;
import io.smallrye.mutiny.CompositeException;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes storage's events: outputs become progress, results wake the reconciler, everything else is not ours. */
@Singleton
public final class EventIntake {
    private static final RunLog LOG = RunLog.of(EventIntake.class);
    /** While they wait for the ledger they cost nothing, and each document is written a few times a second only. */
    private static final int AT_ONCE = 4_096;

    private final Multi<Message<String>> messages;
    private final ProgressLedger ledger;
    private final Reconciler reconciler;
    private final Steps steps;
    private final String container;

    /** What outputs of orchestrations' steps mean. */
    @Singleton
    record Steps(BlobLayout layout, StepFolders folders, Instances instances) {}

    EventIntake(
            @Channel("events") Multi<Message<String>> messages,
            ProgressLedger ledger,
            Reconciler reconciler,
            Steps steps,
            @ConfigProperty(name = "freshet.storage.container") String container) {
        this.messages = messages;
        this.ledger = ledger;
        this.reconciler = reconciler;
        this.steps = steps;
        this.container = container;
    }

    public void start() {
        MessageLoop.run(messages, AT_ONCE, this::handle);
    }

    private Uni<Void> handle(String payload) {
        Sorted events = new Sorted();
        for (BlobCreated event : EventParser.parse(payload)) {
            if (event.container().equals(container)) {
                events.add(event);
            }
            if (event.container().equals(steps.layout().container())) {
                events.addOutput(event);
            }
        }
        return Uni.join()
                .all(actions(events))
                .andCollectFailures()
                .onFailure(CompositeException.class)
                .transform(Throwable::getCause)
                .replaceWithVoid();
    }

    private List<Uni<Void>> actions(Sorted events) {
        List<Uni<Void>> actions = new ArrayList<>();
        actions.add(Uni.createFrom().voidItem());
        events.outcomes.forEach((run, outcomes) -> actions.add(record(run, outcomes)));
        events.outputs.forEach((folder, outcomes) -> actions.add(steps.folders()
                .runOf(folder)
                .flatMap(run -> run.isPresent()
                        ? record(run.get(), outcomes)
                        : Uni.createFrom().voidItem())));
        events.merged.forEach(run -> actions.add(reconciler.reconcile(run)));
        return actions;
    }

    private Uni<Void> record(RunId run, List<ItemOutcome> outcomes) {
        return ledger.record(run, outcomes)
                .call(steps.instances()::progressed)
                .flatMap(reconciler::progressed)
                .onFailure(EventIntake::isUnknown)
                .recoverWithItem(() -> {
                    LOG.debug(run, "An event for run %s, which does not exist, is ignored", run);
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

        void addOutput(BlobCreated event) {
            BlobLayout.parseOutput(event.blob())
                    .ifPresent(name -> outputs.computeIfAbsent(name.folder(), folder -> new ArrayList<>())
                            .add(new ItemOutcome.Done(name.item(), new Tally(1, 0))));
        }

        void add(BlobCreated event) {
            Layouts.outcome(event.blob(), event.contentType())
                    .ifPresent(told -> outcomes.computeIfAbsent(told.run(), run -> new ArrayList<>())
                            .add(told.outcome()));
            RunId results = RunFiles.parseResults(event.blob());
            if (results != null) {
                merged.add(results);
            }
        }
    }
}
