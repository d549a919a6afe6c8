package io.freshet.gateway.jobs;

import io.freshet.gateway.access.Caller;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.Quoted;
import io.freshet.run.RunSpec;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static io.freshet.gateway.problem.ProblemException.badParameter;

/** The query of {@code POST /jobs}. */
public final class JobParameters {
    static final String KEY_HEADER = "Idempotency-Key";
    private static final String PLAIN_NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}";
    private static final int MAX_NAME = 200;
    private static final int MAX_KEY = 255;

    /** The whole query, so that no parameter can be left out of what tells requests apart. */
    @Context
    @Nullable
    UriInfo uri;

    @RestQuery
    @Parameter(
            description = "Name of the computation; the configured default (calculator) if omitted",
            schema = @Schema(type = SchemaType.STRING, pattern = "^" + PLAIN_NAME + "$"))
    @Nullable
    String handler;

    @RestQuery
    @Parameter(
            description = "Lines of a part, at least 1; ITEMSPERJOB if omitted",
            schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "1", maximum = "2147483647"))
    @Nullable
    String itemsPerJob;

    @RestQuery
    @Parameter(
            description = "1: on serverless nodes, 0: never there; by size if omitted",
            schema =
                    @Schema(
                            type = SchemaType.STRING,
                            enumeration = {"0", "1"}))
    @Nullable
    String aci;

    @RestQuery
    @Parameter(
            description = "Kind of GPU that the computation needs, on nodes of the cluster; not with aci=1",
            schema = @Schema(type = SchemaType.STRING, pattern = "^" + PLAIN_NAME + "$"))
    @Nullable
    String gpu;

    @RestQuery
    @Parameter(
            description = "GPUs for each pod, with gpu; 1 if omitted",
            schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "1", maximum = "2147483647"))
    @Nullable
    String gpuQuantity;

    @RestQuery
    @Parameter(
            description = "A name for people, at most 200 characters",
            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = MAX_NAME))
    @Nullable
    String name;

    @HeaderParam(KEY_HEADER)
    @Parameter(
            description =
                    "Requests with the same key create one job, however often they are sent; at most 255 characters",
            schema = @Schema(type = SchemaType.STRING, minLength = 1, maxLength = MAX_KEY))
    @Nullable
    String idempotencyKey;

    /** What was asked for. Throws a {@link ProblemException} that names the parameter if a value is not valid. */
    JobRequest read(JobsConfig config, Caller caller) {
        String computation = handler == null ? config.handler() : known(plainName("handler", handler), config);
        int items = itemsPerJob == null ? config.itemsPerJob() : wholeNumber("itemsPerJob", itemsPerJob);
        if (name != null && name.length() > MAX_NAME) {
            throw badParameter(
                    "name", "has " + name.length() + " characters, " + MAX_NAME + " at most: " + Quoted.of(name));
        }
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY)) {
            throw badParameter(
                    KEY_HEADER,
                    "must have 1 to " + MAX_KEY + " characters, not " + idempotencyKey.length() + ": "
                            + Quoted.of(idempotencyKey));
        }
        return new JobRequest(computation, items, name, placement(config), idempotencyKey, query(), caller);
    }

    /** In one order and one spelling, whatever the client used. */
    private String query() {
        if (uri == null) {
            return "";
        }
        return uri.getQueryParameters().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(parameter -> encoded(parameter.getKey()) + "="
                        + encoded(parameter.getValue().getFirst()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private RunSpec.Placement placement(JobsConfig config) {
        if (gpuQuantity != null && gpu == null) {
            throw badParameter("gpuQuantity", "needs gpu");
        }
        int quantity = gpuQuantity == null ? 1 : wholeNumber("gpuQuantity", gpuQuantity);
        RunSpec.Placement wanted = gpu == null
                ? new RunSpec.Placement(config.maxParallelism(), burst(), null, 0)
                : new RunSpec.Placement(config.maxParallelism(), burst(), plainName("gpu", gpu), quantity);
        if (wanted.isContradictory()) {
            throw badParameter(
                    "gpu", "cannot be had with aci=1, because virtual nodes have no GPUs: leave out one of them");
        }
        return wanted;
    }

    private RunSpec.Burst burst() {
        return switch (aci) {
            case null -> RunSpec.Burst.BY_SIZE;
            case "1" -> RunSpec.Burst.ALWAYS;
            case "0" -> RunSpec.Burst.NEVER;
            default -> throw badParameter("aci", "must be 0 or 1, not " + Quoted.of(aci));
        };
    }

    private static String known(String name, JobsConfig config) {
        List<String> handlers = config.handlers().orElse(List.of(name));
        if (!handlers.contains(name)) {
            throw badParameter("handler", "must be one of " + String.join(", ", handlers) + ", not " + Quoted.of(name));
        }
        return name;
    }

    private static String plainName(String parameter, String value) {
        if (!value.matches(PLAIN_NAME)) {
            throw badParameter(
                    parameter, "may have letters, digits, '.', '_' and '-', 63 at most, not " + Quoted.of(value));
        }
        return value;
    }

    private static int wholeNumber(String parameter, String value) {
        try {
            int number = Integer.parseInt(value);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, as is everything that is not a number from 1
        }
        throw badParameter(
                parameter, "must be a whole number from 1 to " + Integer.MAX_VALUE + ", not " + Quoted.of(value));
    }
}
