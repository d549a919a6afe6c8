package io.freshet.gateway.jobs;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.jobs.JobPages.PageRequest;
import io.freshet.gateway.problem.Quoted;
import io.freshet.job.JobStatus;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;

import static io.freshet.gateway.problem.ProblemException.badParameter;

/** The query of {@code GET /jobs}. */
public final class ListParameters {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 500;

    @RestQuery
    @Parameter(
            description = "Most jobs of a page",
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
            description = "Only jobs with this status; a page may then be shorter than the limit",
            schema = @Schema(implementation = JobStatus.class))
    @Nullable
    String status;

    @RestQuery
    @Parameter(description = "From the Link header of the previous page; no other value is accepted")
    @Nullable
    String page;

    /** Fails with a problem that names the parameter that is not valid. */
    PageRequest read(Caller caller) {
        return new PageRequest(
                limit == null ? DEFAULT_LIMIT : limit(limit), status == null ? null : status(status), page, caller);
    }

    private static JobStatus status(String text) {
        return Arrays.stream(JobStatus.values())
                .filter(status -> status.name().equals(text))
                .findFirst()
                .orElseThrow(() -> badParameter(
                        "status", "must be one of " + List.of(JobStatus.values()) + ", not " + Quoted.of(text)));
    }

    private static int limit(String text) {
        if (text.matches("[1-9]\\d{0,2}") && Integer.parseInt(text) <= MAX_LIMIT) {
            return Integer.parseInt(text);
        }
        throw badParameter("limit", "must be a whole number from 1 to " + MAX_LIMIT + ", not " + Quoted.of(text));
    }
}
