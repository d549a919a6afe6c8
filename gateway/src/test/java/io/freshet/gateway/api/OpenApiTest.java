package io.freshet.gateway.api;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The document by which others make their clients. That it agrees with the answers is checked wherever there are any. */
@QuarkusTest
@TestProfile(GatewayProfile.class)
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
    void whatASubmissionTakesIsDescribed() {
        Operation submit = document().getPaths().get("/jobs").getPost();
        assertThat(submit.getParameters())
                .extracting(Parameter::getName)
                .contains("handler", "itemsPerJob", "aci", "gpu", "gpuQuantity", "name", "Idempotency-Key");
        assertThat(submit.getRequestBody().getContent().keySet())
                .contains("multipart/form-data", "application/vnd.freshet.job+json");
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
                            if (error && path.startsWith("/jobs")) {
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
