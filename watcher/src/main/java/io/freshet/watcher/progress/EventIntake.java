package io.freshet.watcher.progress;

import io.freshet.azure.eventgrid.EventParser;
import io.freshet.failure.FailureCode;
import io.freshet.failure.FreshetException;
import io.freshet.items.Layouts;
import io.freshet.message.BlobCreated;
import io.freshet.run.ItemOutcome;
import io.freshet.run.RunId;
import io.freshet.storage.RunFiles;
import io.freshet.telemetry.RunLog;
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
    private final String container;

    EventIntake(
            @Channel("events") Multi<Message<String>> messages,
            ProgressLedger ledger,
            Reconciler reconciler,
            @ConfigProperty(name = "freshet.storage.container") String container) {
        this.messages = messages;
        this.ledger = ledger;
        this.reconciler = reconciler;
        this.container = container;
    }

    public void start() {
        MessageLoop.run(messages, AT_ONCE, this::handle);
    }

    private Uni<Void> handle(String payload) {
        Sorted events = new Sorted();
        EventParser.parse(payload).stream()
                .filter(event -> event.container().equals(container))
                .forEach(events::add);
        return Uni.join()
                .all(steps(events))
                .andCollectFailures()
                .onFailure(CompositeException.class)
                .transform(Throwable::getCause)
                .replaceWithVoid();
    }

    private List<Uni<Void>> steps(Sorted events) {
        List<Uni<Void>> steps = new ArrayList<>();
        steps.add(Uni.createFrom().voidItem());
        events.outcomes.forEach((run, outcomes) -> steps.add(record(run, outcomes)));
        events.merged.forEach(run -> steps.add(reconciler.reconcile(run)));
        return steps;
    }

    private Uni<Void> record(RunId run, List<ItemOutcome> outcomes) {
        return ledger.record(run, outcomes)
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
        private final Set<RunId> merged = new HashSet<>();

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
