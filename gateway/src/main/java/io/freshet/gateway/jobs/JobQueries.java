package io.freshet.gateway.jobs;

import io.freshet.failure.Permanent;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.items.Layouts;
import io.freshet.message.JobDocument;
import io.freshet.message.JobDocument.Circumstances;
import io.freshet.run.Run;
import io.freshet.run.RunId;
import io.freshet.run.RunState;
import io.freshet.storage.RunStore;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** Jobs as they stand. */
@Singleton
public final class JobQueries {
    private static final Duration EVENT_PACE = Duration.ofMillis(500);

    private final RunStore store;
    private final Layouts layouts;
    private final Clock clock;
    private final String container;
    private volatile boolean stopping;

    JobQueries(
            RunStore store,
            Layouts layouts,
            Clock clock,
            @ConfigProperty(name = "freshet.storage.container") String container) {
        this.store = store;
        this.layouts = layouts;
        this.clock = clock;
        this.container = container;
    }

    /** The run of this id; fails with a problem that names the text if there is none. */
    public Uni<Run> run(String id) {
        return find(id(id)).map(found -> found.filter(r -> !r.isDeleted()).orElseThrow(() -> unknown(id)));
    }

    /** Throws a problem that names the text if it can be no job's. */
    static RunId id(String text) {
        return RunId.read(text).orElseThrow(() -> unknown(text));
    }

    /** Like the store's; a document that cannot be read is no fault of the request. */
    Uni<Optional<Run>> find(RunId id) {
        return store.find(id)
                .onFailure(Permanent.class)
                .transform(t -> new IllegalStateException("The document of run " + id + " cannot be read", t));
    }

    Uni<JobDocument> document(String id) {
        return run(id).flatMap(this::document);
    }

    /** With the number of parts in work: the leases among the first 5,000 open parts. */
    Uni<JobDocument> document(Run run) {
        return active(run).map(active -> JobDocument.of(run, new Circumstances(container, active, clock.instant())));
    }

    private Uni<Integer> active(Run run) {
        return run.state() instanceof RunState.Running || run.state() instanceof RunState.Suspended
                ? layouts.of(run).claimed(run)
                : Uni.createFrom().item(0);
    }

    void onStop(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
    }

    /**
     * This document, and the next one whenever it changes, until the job has ended or is deleted, or this process stops:
     * another one goes on for those who ask again.
     */
    Multi<JobDocument> events(JobDocument first) {
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(first), changes(first.id(), first))
                .skip()
                .repetitions();
    }

    private Multi<JobDocument> changes(String id, JobDocument first) {
        if (hasEnded(first)) {
            return Multi.createFrom().empty();
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> document(id))
                .withDelay(EVENT_PACE)
                .whilst(document -> !stopping && !hasEnded(document))
                .onFailure(ProblemException.class)
                .recoverWithCompletion();
    }

    private static boolean hasEnded(JobDocument document) {
        return switch (document.status()) {
            case "Complete", "CompleteWithErrors", "Failed", "Canceled" -> true;
            default -> false;
        };
    }

    static ProblemException unknown(String id) {
        String shown = id.length() > 64 ? id.substring(0, 64) + "…" : id;
        return new ProblemException(ProblemType.JOB_NOT_FOUND, "There is no job '" + shown + "'");
    }
}
