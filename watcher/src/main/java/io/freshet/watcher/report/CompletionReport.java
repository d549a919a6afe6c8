package io.freshet.watcher.report;

import io.freshet.event.OutgoingEvent;
import io.freshet.job.JobDocument;
import io.freshet.run.Items;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.watcher.instances.Instances;
import io.freshet.watcher.reconcile.EndReport;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;

import java.time.Clock;

/**
 * Publishes at least once that a job has ended, always with the same event id, so that receivers can drop duplicates.
 * The end of a step is passed to its instance.
 */
@Singleton
final class CompletionReport implements EndReport {
    private final MutinyEmitter<OutgoingEvent> events;
    private final Clock clock;
    private final String container;
    /** Resolved later, because instances depend on this report. */
    private final Provider<Instances> instances;

    CompletionReport(
            @Channel("completions") MutinyEmitter<OutgoingEvent> events,
            Clock clock,
            Provider<Instances> instances,
            @ConfigProperty(name = "freshet.storage.container") String container) {
        this.events = events;
        this.clock = clock;
        this.instances = instances;
        this.container = container;
    }

    @Override
    public Uni<Void> publish(Run run) {
        return switch (run.spec().items()) {
            case Items.Parts parts -> job(run);
            case Items.Blobs blobs -> instances.get().moved(run);
        };
    }

    private Uni<Void> job(Run run) {
        JobDocument job = JobDocument.of(run, new JobDocument.Circumstances(container, 0, clock.instant()));
        return events.send(new OutgoingEvent(
                run.id() + "/" + run.dispatch().generation(),
                type(run.state()),
                "/jobs/" + run.id(),
                run.state().since(),
                job,
                "/freshet/" + container));
    }

    private static String type(RunState state) {
        return "Freshet.Job."
                + switch (state) {
                    case RunState.Completed s -> "Completed";
                    case RunState.CompletedWithErrors s -> "CompletedWithErrors";
                    case RunState.Failed s -> "Failed";
                    case RunState.Canceled s -> "Canceled";
                    case RunState.Unfinished s ->
                        throw new IllegalArgumentException("An unfinished run is not reported: " + state);
                };
    }
}
