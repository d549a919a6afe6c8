package io.freshet.gateway.problem;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Content;

import java.util.List;
import java.util.Map;

/** Says in the OpenAPI document which problems an operation answers with. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class ProblemAnswers implements OASFilter {
    private static final int NOT_ACCEPTABLE = 406;
    private static final Map<String, List<ProblemType>> BY_OPERATION = Map.ofEntries(
            Map.entry(
                    "POST /jobs",
                    List.of(ProblemType.BAD_PARAMETER, ProblemType.LINE_TOO_LONG, ProblemType.IDEMPOTENCY_KEY_REUSED)),
            Map.entry("GET /jobs", List.of(ProblemType.BAD_PARAMETER)),
            Map.entry("GET /jobs/{id}", List.of(ProblemType.JOB_NOT_FOUND)),
            Map.entry("GET /jobs/{id}/events", List.of(ProblemType.JOB_NOT_FOUND)),
            Map.entry(
                    "GET /jobs/{id}/results",
                    List.of(
                            ProblemType.BAD_PARAMETER,
                            ProblemType.JOB_NOT_FOUND,
                            ProblemType.NOT_FINISHED,
                            ProblemType.PRECONDITION_FAILED,
                            ProblemType.RANGE_NOT_SATISFIABLE)),
            Map.entry(
                    "GET /jobs/{id}/errors",
                    List.of(
                            ProblemType.JOB_NOT_FOUND,
                            ProblemType.NO_RESULTS,
                            ProblemType.PRECONDITION_FAILED,
                            ProblemType.RANGE_NOT_SATISFIABLE)),
            Map.entry("POST /jobs/{id}/cancel", List.of(ProblemType.JOB_NOT_FOUND, ProblemType.ILLEGAL_STATE)),
            Map.entry("POST /jobs/{id}/suspend", List.of(ProblemType.JOB_NOT_FOUND, ProblemType.ILLEGAL_STATE)),
            Map.entry("POST /jobs/{id}/resume", List.of(ProblemType.JOB_NOT_FOUND, ProblemType.ILLEGAL_STATE)),
            Map.entry(
                    "POST /jobs/{id}/rerun",
                    List.of(ProblemType.BAD_PARAMETER, ProblemType.JOB_NOT_FOUND, ProblemType.ILLEGAL_STATE)),
            Map.entry("DELETE /jobs/{id}", List.of(ProblemType.JOB_NOT_FOUND)));

    @Override
    public void filterOpenAPI(OpenAPI document) {
        Map<String, PathItem> paths = document.getPaths().getPathItems();
        paths.forEach((path, item) -> item.getOperations().forEach((method, operation) -> {
            List<ProblemType> problems = BY_OPERATION.get(method + " " + path);
            if (problems != null) {
                problems.forEach(problem -> describe(operation, problem));
                describe(operation, ProblemType.INTERNAL);
                describe(operation, ProblemType.STORAGE_UNAVAILABLE);
                describe(operation, NOT_ACCEPTABLE, "There is no form that the Accept header allows");
            }
        }));
    }

    private static void describe(Operation operation, ProblemType problem) {
        describe(operation, problem.status(), problem.title());
    }

    private static void describe(Operation operation, int status, String what) {
        Content content = OASFactory.createContent()
                .addMediaType(
                        Problem.MEDIA_TYPE,
                        OASFactory.createMediaType()
                                .schema(OASFactory.createSchema().ref("#/components/schemas/Problem")));
        operation
                .getResponses()
                .addAPIResponse(
                        Integer.toString(status),
                        OASFactory.createAPIResponse().description(what).content(content));
    }
}
