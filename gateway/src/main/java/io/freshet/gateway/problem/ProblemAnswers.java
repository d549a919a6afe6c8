package io.freshet.gateway.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import jakarta.ws.rs.core.HttpHeaders;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.IndexView;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adds to the OpenAPI document which problems an operation answers with: those of its method, and those of all. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ProblemAnswers implements OASFilter {
    private static final int NOT_ACCEPTABLE = 406;
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final Set<ProblemType> OF_ALL = EnumSet.of(
            ProblemType.BAD_PARAMETER,
            ProblemType.REFUSED,
            ProblemType.NOT_AUTHENTICATED,
            ProblemType.NOT_ALLOWED,
            ProblemType.INTERNAL,
            ProblemType.STORAGE_UNAVAILABLE,
            ProblemType.ISSUER_UNAVAILABLE);
    private static final Set<ProblemType> WITH_RETRY_AFTER = EnumSet.of(
            ProblemType.NOT_FINISHED,
            ProblemType.OVERLOADED,
            ProblemType.STORAGE_UNAVAILABLE,
            ProblemType.ISSUER_UNAVAILABLE);

    private final Map<String, Set<ProblemType>> byMethod;

    public ProblemAnswers(IndexView resources) {
        this.byMethod = resources.getAnnotations(Problems.class).stream()
                .filter(problems -> problems.target().kind() == AnnotationTarget.Kind.METHOD)
                .collect(Collectors.toMap(
                        problems -> problems.target().asMethod().name(), ProblemAnswers::types, ProblemAnswers::both));
    }

    private static Set<ProblemType> types(AnnotationInstance problems) {
        return Arrays.stream(problems.value().asEnumArray())
                .map(ProblemType::valueOf)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProblemType.class)));
    }

    /** The index knows a method twice while the service is tested. */
    private static Set<ProblemType> both(Set<ProblemType> some, Set<ProblemType> others) {
        return Stream.concat(some.stream(), others.stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProblemType.class)));
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        describeTypes(document.getComponents().getSchemas());
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(this::describe);
    }

    private static void describeTypes(Map<String, Schema> schemas) {
        Schema problem = Objects.requireNonNull(schemas.get("Problem"));
        List<Object> types = Arrays.stream(ProblemType.values())
                .<Object>map(ProblemType::urn)
                .toList();
        problem.addProperty("type", text().enumeration(types));
    }

    private void describe(Operation operation) {
        Set<ProblemType> ofMethod = byMethod.get(operation.getOperationId());
        if (ofMethod != null) {
            describe(operation, ofMethod);
        }
    }

    private static void describe(Operation operation, Set<ProblemType> ofMethod) {
        Map<Integer, List<ProblemType>> byStatus = Stream.concat(OF_ALL.stream(), ofMethod.stream())
                .distinct()
                .collect(Collectors.groupingBy(ProblemType::status, TreeMap::new, Collectors.toList()));
        byStatus.put(NOT_ACCEPTABLE, List.of(ProblemType.REFUSED));
        if (operation.getRequestBody() != null) {
            byStatus.put(UNSUPPORTED_MEDIA_TYPE, List.of(ProblemType.REFUSED));
        }
        byStatus.forEach((status, types) ->
                operation.getResponses().addAPIResponse(Integer.toString(status), answer(status, types)));
    }

    private static APIResponse answer(int status, List<ProblemType> types) {
        APIResponse answer = OASFactory.createAPIResponse()
                .description(types.stream()
                        .map(type -> type.urn() + ": " + type.title())
                        .collect(Collectors.joining("; ")))
                .content(problem());
        if (types.stream().anyMatch(WITH_RETRY_AFTER::contains)) {
            answer.addHeader(HttpHeaders.RETRY_AFTER, header("Seconds to wait before trying again", integer()));
        }
        if (status == ProblemType.NOT_AUTHENTICATED.status()) {
            answer.addHeader(HttpHeaders.WWW_AUTHENTICATE, header("What would let the request in", text()));
        }
        if (status == ProblemType.RANGE_NOT_SATISFIABLE.status()) {
            answer.addHeader("Content-Range", header("The size, such as bytes */305", text()));
        }
        return answer;
    }

    private static Content problem() {
        return OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
    }

    private static Header header(String description, Schema schema) {
        return OASFactory.createHeader().description(description).schema(schema);
    }

    private static Schema integer() {
        return OASFactory.createSchema().addType(Schema.SchemaType.INTEGER);
    }

    private static Schema text() {
        return OASFactory.createSchema().addType(Schema.SchemaType.STRING);
    }
}
