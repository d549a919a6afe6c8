package io.freshet.gateway.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.job.JobDocument;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.util.HashUtil;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Duration;
import java.util.stream.Stream;

/** A job as server-sent events. */
@Singleton
final class JobEvents {
    private static final Duration PACE = Duration.ofMillis(500);
    private static final int ID_LENGTH = 16;
    private static final String COMMENT = ":\n\n";
    private static final String OVER = "";

    private final JobQueries queries;
    private final ObjectMapper json;
    private final Duration silence;
    private volatile boolean stopping;

    JobEvents(
            JobQueries queries,
            ObjectMapper json,
            @ConfigProperty(name = "freshet.events.silence", defaultValue = "PT15S") Duration silence) {
        this.queries = queries;
        this.json = json;
        this.silence = silence;
    }

    void onStop(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
    }

    /** Whether a client that has seen the event of this id has seen the last one. */
    boolean isOver(JobDocument job, String seen) {
        return job.status().hasEnded() && id(write(job)).equals(seen);
    }

    /**
     * This document, and the next whenever it changes, until an event says that the job has ended or was deleted, or until
     * this process stops: another gateway goes on for clients that reconnect. Comments show that the connection is alive.
     */
    Multi<String> watch(JobDocument first) {
        return withComments(documents(first), Multi.createFrom().ticks().every(silence));
    }

    /** Ends with the events, not with the timer of the comments. */
    static Multi<String> withComments(Multi<String> events, Multi<?> times) {
        Multi<String> comments = times.onOverflow().drop().map(time -> COMMENT);
        return Multi.createBy()
                .merging()
                .withRequests(1)
                .streams(events.onCompletion().continueWith(OVER), comments)
                .select()
                .first(text -> !text.equals(OVER));
    }

    private Multi<String> documents(JobDocument first) {
        return Multi.createBy()
                .concatenating()
                .streams(Multi.createFrom().item(first), later(first))
                .skip()
                .repetitions()
                .onItem()
                .transformToIterable(document -> events(document).toList())
                .onFailure(ProblemException.class)
                .recoverWithItem(() -> end("Deleted"));
    }

    private Multi<JobDocument> later(JobDocument first) {
        if (first.status().hasEnded()) {
            return Multi.createFrom().empty();
        }
        return Multi.createBy()
                .repeating()
                .uni(() -> queries.document(first.id()))
                .withDelay(PACE)
                .whilst(document -> !stopping && !document.status().hasEnded());
    }

    private Stream<String> events(JobDocument document) {
        String text = write(document);
        String event = "id:" + id(text) + "\ndata:" + text + "\n\n";
        return document.status().hasEnded()
                ? Stream.of(event, end(document.status().name()))
                : Stream.of(event);
    }

    private static String end(String status) {
        return "event:end\ndata:{\"status\":\"" + status + "\"}\n\n";
    }

    private static String id(String document) {
        return HashUtil.sha256(document).substring(0, ID_LENGTH);
    }

    private String write(JobDocument document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A job's document cannot be written", e);
        }
    }
}
