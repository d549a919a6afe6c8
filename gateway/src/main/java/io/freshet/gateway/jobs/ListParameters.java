package io.freshet.gateway.jobs;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.jobs.JobPages.Wish;
import io.freshet.gateway.problem.Quoted;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** The query of {@code GET /jobs}. */
public final class ListParameters {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    @RestQuery
    @Parameter(
            description = "Jobs at most",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            format = "int32",
                            minimum = "1",
                            maximum = "" + MAX_LIMIT,
                            defaultValue = "" + DEFAULT_LIMIT))
    @Nullable
    String limit;

    @RestQuery
    @Parameter(
            description = "Only jobs of this status; a page may then be shorter than the limit",
            schema = @Schema(implementation = JobStatus.class))
    @Nullable
    String status;

    @RestQuery
    @Parameter(description = "From the Link header of the page before; nothing else is taken")
    @Nullable
    String page;

    /** Fails with a problem that names the parameter that is not valid. */
    Wish read() {
        if (status != null && !JobStatus.isOne(status)) {
            throw JobParameters.bad(
                    "status", "must be one of " + List.of(JobStatus.values()) + ", not " + Quoted.of(status));
        }
        return new Wish(limit == null ? DEFAULT_LIMIT : limit(limit), status, page, Caller.ANYBODY);
    }

    private static int limit(String text) {
        if (text.matches("[1-9]\\d{0,2}") && Integer.parseInt(text) <= MAX_LIMIT) {
            return Integer.parseInt(text);
        }
        throw JobParameters.bad("limit", "must be a whole number from 1 to " + MAX_LIMIT + ", not " + Quoted.of(text));
    }
}
