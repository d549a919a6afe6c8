package io.freshet.gateway.api;

import io.freshet.gateway.problem.ProblemType;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.tags.Tag;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

/** The document by which others make their clients. That it agrees with the answers is checked wherever there are any. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
@SuppressWarnings({"rawtypes", "unchecked"})
class OpenApiTest extends ApiScenario {
    private static final String DURABLE = "/runtime/webhooks/durabletask";

    @Test
    void theDocumentIsValid() {
        assertThat(parsed().getMessages()).isEmpty();
        assertThat(document().getInfo().getTitle()).isEqualTo("Freshet");
    }

    @Test
    void everyOperationIsThere() {
        assertThat(document().getPaths().keySet())
                .contains(
                        "/jobs",
                        "/jobs/{id}",
                        "/jobs/{id}/events",
                        "/jobs/{id}/results",
                        "/jobs/{id}/errors",
                        "/jobs/{id}/cancel",
                        "/jobs/{id}/suspend",
                        "/jobs/{id}/resume",
                        "/jobs/{id}/rerun",
                        "/dashboard/events",
                        "/dashboard/runs",
                        "/dashboard/runs/{id}/items/{item}",
                        "/api/orchestrators/{name}",
                        "/api/orchestrators/{name}/{instanceId}",
                        DURABLE + "/orchestrators/{name}",
                        DURABLE + "/orchestrators/{name}/{instanceId}",
                        DURABLE + "/instances",
                        DURABLE + "/instances/{instanceId}",
                        DURABLE + "/instances/{instanceId}/raiseEvent/{eventName}",
                        DURABLE + "/instances/{instanceId}/terminate",
                        DURABLE + "/instances/{instanceId}/suspend",
                        DURABLE + "/instances/{instanceId}/resume",
                        DURABLE + "/instances/{instanceId}/rewind",
                        DURABLE + "/instances/{instanceId}/restart",
                        DURABLE + "/instances/{instanceId}/restartWithOptions");
        assertThat(document().getPaths().get("/jobs/{id}").getDelete()).isNotNull();
    }

    @Test
    void everyOperationOnJobsHasItsNameItsTagAndItsProblems() {
        Map<String, String> tags = new TreeMap<>();
        jobs().values().stream().flatMap(path -> path.readOperations().stream()).forEach(operation -> {
            tags.put(operation.getOperationId(), String.join(",", operation.getTags()));
            assertThat(operation.getResponses().keySet())
                    .as(operation.getOperationId())
                    .contains("400", "401", "403", "406", "500", "503");
        });

        assertThat(tags)
                .isEqualTo(Map.ofEntries(
                        Map.entry("submitJob", "jobs"),
                        Map.entry("listJobs", "jobs"),
                        Map.entry("getJob", "jobs"),
                        Map.entry("deleteJob", "jobs"),
                        Map.entry("cancelJob", "jobs"),
                        Map.entry("suspendJob", "jobs"),
                        Map.entry("resumeJob", "jobs"),
                        Map.entry("rerunJob", "jobs"),
                        Map.entry("watchJob", "jobs"),
                        Map.entry("getResults", "results"),
                        Map.entry("getRejectedLines", "results"),
                        Map.entry("issueTicket", "results"),
                        Map.entry("watchDashboard", "dashboard"),
                        Map.entry("listRows", "dashboard"),
                        Map.entry("getItem", "dashboard")));
        assertThat(document().getTags())
                .extracting(Tag::getName)
                .containsExactlyInAnyOrder("jobs", "results", "orchestrations", "dashboard");
    }

    @Test
    void everyOperationOnOrchestrationsIsDescribed() {
        Map<String, PathItem> paths = new TreeMap<>(document().getPaths());
        paths.keySet().removeAll(jobs().keySet());

        assertThat(paths)
                .hasSize(13)
                .allSatisfy((path, item) -> assertThat(item.readOperations()).allSatisfy(operation -> {
                    assertThat(operation.getTags()).containsExactly("orchestrations");
                    assertThat(operation.getSummary()).isNotBlank();
                    assertThat(operation.getResponses().keySet()).contains("401", "403", "500", "503");
                    assertThat(parameters(operation))
                            .allMatch(parameter -> parameter.getDescription() != null && parameter.getSchema() != null);
                }));
        assertThat(paths.get(DURABLE + "/orchestrators/{name}")
                        .getPost()
                        .getRequestBody()
                        .getContent())
                .containsOnlyKeys("application/json", NDJSON);
        assertThat(paths.get(DURABLE + "/instances/{instanceId}/raiseEvent/{eventName}")
                        .getPost()
                        .getRequestBody()
                        .getRequired())
                .isTrue();
        assertThat(enumeration((Schema) document()
                        .getComponents()
                        .getSchemas()
                        .get("InstanceStatus")
                        .getProperties()
                        .get("runtimeStatus")))
                .contains("Pending", "Completed");
    }

    private static List<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? List.of() : operation.getParameters();
    }

    /** Clients that are generated can rely on what is there always, and know what else it may be. */
    @Test
    void whatIsAlwaysThereIsRequired() {
        Map<String, Schema> schemas = document().getComponents().getSchemas();

        assertThat(schemas.get("JobDocument").getRequired())
                .contains("id", "status", "succeeded", "lines", "bytes", "progress", "executionLocation")
                .doesNotContain("name", "startTime", "reason", "gpu");
        assertThat(schemas.get("Problem").getRequired()).containsExactlyInAnyOrder("type", "title", "status");
        assertThat(schemas.get("JobAccepted").getRequired()).containsExactly("id");
        assertThat(schemas.get("JobReference").getRequired()).containsExactly("inputUrl");
        assertThat(enumeration(schemas.get("JobStatus")))
                .contains("Pending", "CompleteWithErrors")
                .hasSize(8);
        assertThat(enumeration(
                        (Schema) schemas.get("JobDocument").getProperties().get("executionLocation")))
                .containsExactly("cluster", "aci");
        assertThat(enumeration((Schema) schemas.get("Problem").getProperties().get("type")))
                .hasSize(ProblemType.values().length)
                .contains("urn:freshet:problem:not-finished");
    }

    @Test
    void everyProblemOfAStatusIsNamed() {
        assertThat(document()
                        .getPaths()
                        .get("/jobs")
                        .getPost()
                        .getResponses()
                        .get("400")
                        .getDescription())
                .contains("bad-parameter", "malformed-body", "no-file-part", "host-not-allowed", "unreadable-input");
        assertThat(results().getResponses().get("409").getDescription()).contains("not-finished", "no-results");
        assertThat(results().getResponses().get("409").getHeaders()).containsKey("Retry-After");
    }

    @Test
    void whatADownloadTakesAndGivesIsDescribed() {
        assertThat(results().getParameters())
                .extracting(Parameter::getName)
                .contains("part", "Range", "If-Range", "If-Match", "If-None-Match", "If-Modified-Since");
        assertThat(results().getResponses().keySet()).contains("200", "206", "304", "409", "412", "416");
        assertThat(results().getResponses().get("206").getHeaders()).containsKeys("ETag", "Content-Range");
        assertThat(results().getResponses().get("200").getContent()).containsKeys(NDJSON, "application/octet-stream");
    }

    /** Orchestrations answer as the original does: without what the Jobs API has on top. */
    private static Map<String, PathItem> jobs() {
        Map<String, PathItem> paths = new TreeMap<>(document().getPaths());
        paths.keySet().removeIf(path -> !isOurs(path));
        return paths;
    }

    private static boolean isOurs(String path) {
        return path.startsWith("/jobs") || path.startsWith("/dashboard") || path.startsWith("/tickets");
    }

    private static Operation results() {
        return document().getPaths().get("/jobs/{id}/results").getGet();
    }

    private static List<Object> enumeration(Schema schema) {
        return schema.getEnum();
    }

    @Test
    void everyResourceSaysTheMethodsThatItHas() {
        jobs().forEach((path, item) -> {
            Set<String> methods = new TreeSet<>(Set.of("OPTIONS"));
            item.readOperationsMap().keySet().forEach(method -> methods.add(method.name()));
            if (methods.contains("GET")) {
                methods.add("HEAD");
            }
            given().options(path.replace("{id}", "1").replace("{item}", "1"))
                    .then()
                    .statusCode(204)
                    .header("Allow", String.join(", ", methods));
        });
        given().urlEncodingEnabled(false)
                .options("/jobs;a=b/x;c=d/")
                .then()
                .statusCode(204)
                .header("Allow", "DELETE, GET, HEAD, OPTIONS");
    }

    @Test
    void whatASubmissionTakesIsDescribed() {
        Operation submit = document().getPaths().get("/jobs").getPost();
        assertThat(submit.getParameters())
                .extracting(Parameter::getName)
                .contains("handler", "itemsPerJob", "aci", "gpu", "gpuQuantity", "name", "Idempotency-Key");
        assertThat(submit.getRequestBody().getContent().keySet())
                .contains("multipart/form-data", "application/vnd.freshet.job+json", "application/octet-stream");
        assertThat(submit.getResponses().get("202").getHeaders()).containsKey("Location");
        assertThat(submit.getResponses().get("202").getContent().keySet()).contains("text/plain", "application/json");
    }

    @Test
    void everyProblemHasItsMediaTypeAndItsSchema() {
        OpenAPI document = document();
        assertThat(document.getComponents().getSchemas()).containsKeys("Problem", "JobDocument");
        document.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> operation.getResponses().forEach((status, response) -> {
                            assertThat(response.getDescription())
                                    .as("%s %s %s", method, path, status)
                                    .isNotBlank();
                            boolean error = status.startsWith("4") || status.startsWith("5");
                            if (error && isOurs(path)) {
                                assertProblem(response);
                            }
                        })));
    }

    private static void assertProblem(ApiResponse response) {
        Map<String, MediaType> content = response.getContent();
        assertThat(content).containsOnlyKeys(PROBLEM);
        assertThat(content.get(PROBLEM).getSchema().get$ref()).isEqualTo("#/components/schemas/Problem");
    }

    private static OpenAPI document() {
        return parsed().getOpenAPI();
    }

    private static SwaggerParseResult parsed() {
        String json = request().get("/q/openapi?format=json").asString();
        return new OpenAPIV3Parser().readContents(json, null, new ParseOptions());
    }
}
