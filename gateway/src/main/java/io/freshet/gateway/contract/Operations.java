package io.freshet.gateway.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.quarkus.smallrye.openapi.runtime.OpenApiDocumentService;
import io.smallrye.openapi.runtime.io.Format;
import jakarta.inject.Singleton;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The operations of the Jobs API and of the dashboard, as the OpenAPI document describes them. The document is generated
 * from the resources when the service is built, and requests are held to it: what is accepted is what is described, and
 * there is no second list. Orchestrations are not held to it: they accept and refuse what the original does.
 */
@Singleton
public final class Operations {
    private static final List<String> OURS = List.of("/jobs", "/dashboard/", "/tickets");

    private final OpenApiDocumentService documents;
    private final ObjectMapper json;
    private volatile List<Operation> all = List.of();

    /**
     * One method of one resource.
     *
     * @param id {@code submitJob}: the name of the method that serves it
     * @param path {@code /jobs/{id}}
     * @param query names of its query parameters
     * @param headers names of the headers that it reads
     * @param types media types of its answers, problems apart
     */
    public record Operation(
            String id, String method, String path, List<String> query, List<String> headers, List<String> types) {

        boolean isOf(String requested) {
            return requested.matches(path.replaceAll("\\{\\w+}", "[^/]+"));
        }

        /** {@code POST /jobs} */
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    Operations(OpenApiDocumentService documents, ObjectMapper json) {
        this.documents = documents;
        this.json = json;
    }

    /** The one that the method of this name serves; empty if it is not described. */
    public Optional<Operation> of(String id) {
        return all().stream().filter(operation -> operation.id().equals(id)).findFirst();
    }

    /** Those at a path such as {@code /jobs/2026-11-1}. */
    public List<Operation> at(String path) {
        return all().stream().filter(operation -> operation.isOf(path)).toList();
    }

    /** The document is complete only once the service has started. */
    private List<Operation> all() {
        if (all.isEmpty()) {
            all = read();
        }
        return all;
    }

    private List<Operation> read() {
        try {
            JsonNode document =
                    json.readTree(documents.getDocument(OpenApiConstants.DEFAULT_DOCUMENT_NAME, Format.JSON));
            List<Operation> operations = new ArrayList<>();
            document.path("paths").properties().stream()
                    .filter(path -> OURS.stream().anyMatch(path.getKey()::startsWith))
                    .forEach(path -> path.getValue().properties().forEach(method -> {
                        if (method.getValue().has("operationId")) {
                            operations.add(operation(path.getKey(), method.getKey(), method.getValue()));
                        }
                    }));
            return List.copyOf(operations);
        } catch (IOException e) {
            throw new UncheckedIOException("The OpenAPI document cannot be read", e);
        }
    }

    private static Operation operation(String path, String method, JsonNode described) {
        return new Operation(
                described.path("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                path,
                parameters(described, "query"),
                parameters(described, "header"),
                types(described));
    }

    private static List<String> parameters(JsonNode operation, String in) {
        List<String> names = new ArrayList<>();
        operation.path("parameters").forEach(parameter -> {
            if (parameter.path("in").asText().equals(in)) {
                names.add(parameter.path("name").asText());
            }
        });
        return List.copyOf(names);
    }

    private static List<String> types(JsonNode operation) {
        TreeSet<String> types = new TreeSet<>();
        operation.path("responses").properties().stream()
                .filter(response -> response.getKey().startsWith("2"))
                .forEach(response ->
                        response.getValue().path("content").fieldNames().forEachRemaining(types::add));
        return List.copyOf(types);
    }
}
