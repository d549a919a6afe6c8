package io.freshet.gateway.jobs;

import io.freshet.gateway.ingest.PartTable;
import io.freshet.gateway.problem.ProblemException;
import io.freshet.gateway.problem.ProblemType;
import io.freshet.run.Items;
import io.freshet.run.RunInput;
import io.freshet.run.RunSpec;
import jakarta.ws.rs.HeaderParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.regex.Pattern;

/** The query of {@code POST /jobs}. */
public final class JobParameters {
    static final String KEY_HEADER = "Idempotency-Key";
    static final List<String> NEVER_EMPTY = List.of("handler", "itemsPerJob", "aci", "gpu", "gpuQuantity");

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int MAX_NAME = 200;
    private static final int MAX_KEY = 255;

    @RestQuery
    @Parameter(description = "Name of the computation; the configured one (calculator) without it")
    @Nullable
    String handler;

    @RestQuery
    @Parameter(
            description = "Lines of a part, at least 1; ITEMSPERJOB without it",
            schema = @Schema(type = SchemaType.INTEGER))
    @Nullable
    String itemsPerJob;

    @RestQuery
    @Parameter(description = "1: on serverless nodes, 0: never there; by size without it")
    @Nullable
    String aci;

    @RestQuery
    @Parameter(description = "Kind of GPU that the computation needs")
    @Nullable
    String gpu;

    @RestQuery
    @Parameter(description = "GPUs for each pod, with gpu; 1 without it")
    @Nullable
    String gpuQuantity;

    @RestQuery
    @Parameter(description = "A name for people, at most 200 characters")
    @Nullable
    String name;

    @HeaderParam(KEY_HEADER)
    @Parameter(description = "The same key gives the same job, however often it is sent; at most 255 characters")
    @Nullable
    String idempotencyKey;

    /** What was asked for. Throws a {@link ProblemException} that names the parameter if a value is not valid. */
    Wanted read(JobsConfig config) {
        String computation = handler == null ? config.handler() : plainName("handler", handler);
        int items = itemsPerJob == null ? config.itemsPerJob() : wholeNumber("itemsPerJob", itemsPerJob);
        if (name != null && name.length() > MAX_NAME) {
            throw bad("name", "has more than " + MAX_NAME + " characters");
        }
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > MAX_KEY)) {
            throw bad(KEY_HEADER, "must have 1 to " + MAX_KEY + " characters");
        }
        return new Wanted(computation, items, name, placement(config), idempotencyKey);
    }

    /** A valid request without its input. */
    record Wanted(
            String handler,
            int itemsPerPart,
            @Nullable String name,
            RunSpec.Placement placement,
            @Nullable String idempotencyKey) {

        RunSpec spec(RunInput input, PartTable parts) {
            String key = idempotencyKey == null ? null : Sha256.hex(idempotencyKey);
            return new RunSpec(
                    handler, new Items.Parts(input, itemsPerPart, parts.lines(), parts.bytes()), name, placement, key);
        }
    }

    private RunSpec.Placement placement(JobsConfig config) {
        if (gpuQuantity != null && gpu == null) {
            throw bad("gpuQuantity", "needs gpu");
        }
        int quantity = gpuQuantity == null ? 1 : wholeNumber("gpuQuantity", gpuQuantity);
        return gpu == null
                ? new RunSpec.Placement(config.maxParallelism(), burst(), null, 0)
                : new RunSpec.Placement(config.maxParallelism(), burst(), plainName("gpu", gpu), quantity);
    }

    private RunSpec.Burst burst() {
        return switch (aci) {
            case null -> RunSpec.Burst.BY_SIZE;
            case "1" -> RunSpec.Burst.ALWAYS;
            case "0" -> RunSpec.Burst.NEVER;
            default -> throw bad("aci", "must be 0 or 1, not '" + aci + "'");
        };
    }

    private static String plainName(String parameter, String value) {
        if (!PLAIN_NAME.matcher(value).matches()) {
            throw bad(parameter, "may have letters, digits, '.', '_' and '-', 63 at most");
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
            // told below, in one way for all that is not a number from 1
        }
        throw bad(parameter, "must be a whole number from 1 to " + Integer.MAX_VALUE + ", not '" + value + "'");
    }

    static ProblemException bad(String parameter, String what) {
        return new ProblemException(ProblemType.BAD_PARAMETER, parameter + " " + what);
    }
}
