package io.freshet.gateway.orchestrations;

import io.freshet.instance.RuntimeStatus;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Adds the answers of this API to the OpenAPI document: they are too regular to repeat them in annotations. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class OrchestrationAnswers implements OASFilter {
    private static final String JSON = "application/json";
    private static final String ERROR = "OrchestrationError";
    private static final String STATUS = "InstanceStatus";
    private static final String LINKS = "InstanceLinks";
    private static final String LINES = "application/x-ndjson";
    private static final String INSTANCE = DurableRoute.BASE + "/instances/{instanceId}";
    private static final Map<String, String> SEGMENTS = Map.of(
            "name", "The orchestration; case is ignored",
            "instanceId", "The instance",
            "eventName", "The event; case is ignored");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents()
                .addSchema(ERROR, error())
                .addSchema(STATUS, status())
                .addSchema(LINKS, links());
        document.getPaths().getPathItems().forEach((path, item) -> {
            if (DurableRoute.isOurs(path)) {
                item.getOperations().forEach((method, operation) -> describe(path, method.name(), operation));
            }
        });
    }

    private static void describe(String path, String method, Operation operation) {
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(OrchestrationAnswers::describe);
        }
        operation.setResponses(OASFactory.createAPIResponses());
        add(operation, 401, "There is no credential, or it is not valid", null);
        add(operation, 403, "The caller may not do this", ref(ERROR));
        add(operation, 500, "Internal error", ref(ERROR));
        add(operation, 503, "Storage does not answer now", ref(ERROR));
        if (path.endsWith("/instances")) {
            many(method, operation);
        } else if (path.equals(INSTANCE)) {
            one(method, operation);
        } else if (path.startsWith(INSTANCE) && !path.contains("/restart")) {
            command(path, operation);
        } else {
            if (method.equals("POST") && !path.startsWith(INSTANCE)) {
                input(operation);
            }
            start(operation);
        }
    }

    private static void describe(Parameter parameter) {
        if (parameter.getSchema() == null) {
            parameter.setSchema(text());
        }
        if (parameter.getDescription() == null) {
            parameter.setDescription(SEGMENTS.get(parameter.getName()));
        }
    }

    private static void input(Operation operation) {
        operation.setRequestBody(OASFactory.createRequestBody()
                .description("The input, or many inputs, one per line")
                .content(OASFactory.createContent()
                        .addMediaType(JSON, OASFactory.createMediaType().schema(any()))
                        .addMediaType(LINES, OASFactory.createMediaType().schema(text()))));
    }

    private static void payload(Operation operation) {
        operation.setRequestBody(OASFactory.createRequestBody()
                .description("What the instance receives with the event")
                .required(true)
                .content(OASFactory.createContent()
                        .addMediaType(JSON, OASFactory.createMediaType().schema(any()))));
    }

    private static void start(Operation operation) {
        add(operation, 200, "It ended while the client waited: the output, or how it ended", any());
        add(operation, 202, "Started; Location is where to see its status", ref(LINKS));
        add(operation, 400, "The request is not understood; nothing was started", ref(ERROR));
        add(operation, 409, "An unfinished instance has the id", ref(ERROR));
        add(operation, 413, "The input is too large", ref(ERROR));
    }

    private static void many(String method, Operation operation) {
        if (method.equals("GET")) {
            add(operation, 200, "A page", array());
            add(operation, 400, "A value is not understood", ref(ERROR));
        } else {
            add(operation, 200, "The number of purged instances: instancesDeleted", any());
            add(operation, 400, "A value is missing or not understood: a text or an error", any());
            add(operation, 404, "There is none to purge", null);
        }
    }

    private static void one(String method, Operation operation) {
        add(operation, 404, "There is no such instance", null);
        if (method.equals("GET")) {
            add(operation, 200, "It has ended", ref(STATUS));
            add(operation, 202, "It has not ended; Location is where to look again", ref(STATUS));
            add(
                    operation,
                    500,
                    "It has failed, and the request asked for this status; or an internal error",
                    ref(STATUS));
        } else {
            add(operation, 200, "The number of purged instances: instancesDeleted", any());
            add(operation, 412, "It has not ended", any());
        }
    }

    private static void command(String path, Operation operation) {
        add(operation, 202, "Accepted", null);
        if (path.endsWith("/rewind")) {
            add(operation, 404, "There is no such instance", any());
            add(operation, 412, "It has not failed", any());
        } else {
            add(operation, 404, "There is no such instance", null);
            add(operation, 410, "It has ended", null);
        }
        if (path.contains("/raiseEvent/")) {
            payload(operation);
            add(operation, 400, "The payload is not JSON", ref(ERROR));
            add(operation, 413, "The payload is too large", ref(ERROR));
        }
    }

    private static void add(Operation operation, int status, String what, @Nullable Schema body) {
        APIResponse response = OASFactory.createAPIResponse().description(what);
        if (body != null) {
            response.setContent(OASFactory.createContent()
                    .addMediaType(JSON, OASFactory.createMediaType().schema(body)));
        }
        operation.getResponses().addAPIResponse(Integer.toString(status), response);
    }

    private static Schema error() {
        return texts("An error in the form of Durable Functions", "Message", "ExceptionMessage", "ExceptionType");
    }

    private static Schema links() {
        return texts(
                "Where to see the status of an instance, and how to command it",
                "id",
                "statusQueryGetUri",
                "sendEventPostUri",
                "terminatePostUri",
                "rewindPostUri",
                "purgeHistoryDeleteUri",
                "restartPostUri",
                "suspendPostUri",
                "resumePostUri");
    }

    private static Schema status() {
        Schema status = texts(
                "An instance of an orchestration", "name", "version", "instanceId", "createdTime", "lastUpdatedTime");
        List<Object> states = Arrays.stream(RuntimeStatus.values())
                .map(RuntimeStatus::label)
                .map(Object.class::cast)
                .toList();
        status.addProperty("runtimeStatus", text().enumeration(states));
        List.of("input", "customStatus", "output").forEach(name -> status.addProperty(name, any()));
        return status.addProperty("historyEvents", array());
    }

    private static Schema texts(String description, String... names) {
        Schema schema = OASFactory.createSchema().addType(SchemaType.OBJECT).description(description);
        for (String name : names) {
            schema.addProperty(name, text());
        }
        return schema;
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(SchemaType.STRING);
    }

    private static Schema array() {
        return OASFactory.createSchema().addType(SchemaType.ARRAY).items(any());
    }

    private static Schema any() {
        return OASFactory.createSchema();
    }

    private static Schema ref(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }
}
