package io.freshet.watcher.report;

import io.freshet.azure.eventgrid.OutgoingEvent;
import io.freshet.message.JobDocument;
import io.freshet.run.Run;
import io.freshet.run.RunState;
import io.freshet.watcher.reconcile.EndReport;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Channel;

import java.time.Clock;

/** Publishes that a run has ended, at least once. The event's id is the same each time, so that receivers can tell. */
@Singleton
final class CompletionReport implements EndReport {
    private final MutinyEmitter<OutgoingEvent> events;
    private final Clock clock;
    private final String container;

    CompletionReport(
            @Channel("completions") MutinyEmitter<OutgoingEvent> events,
            Clock clock,
            @ConfigProperty(name = "freshet.storage.container") String container) {
        this.events = events;
        this.clock = clock;
        this.container = container;
    }

    @Override
    public Uni<Void> publish(Run run) {
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
