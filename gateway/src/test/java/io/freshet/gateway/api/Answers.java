package io.freshet.gateway.api;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Notes every answer that a test sees, as {@code GET /jobs/{id} 404}. */
final class Answers implements Filter {
    private final Set<String> seen = new TreeSet<>();

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification wanted, FilterContext context) {
        Response response = context.next(request, wanted);
        note(request.getMethod(), URI.create(request.getURI()).getPath(), response.statusCode());
        return response;
    }

    synchronized void note(String method, String path, int status) {
        String template = path.replaceFirst("^/jobs/[^/]+", "/jobs/{id}")
                .replaceFirst("^/dashboard/runs/[^/]+/items/[^/]+", "/dashboard/runs/{id}/items/{item}");
        seen.add(method + " " + template + " " + status);
    }

    /** Those of the API's own operations that the document does not describe. */
    synchronized Set<String> missingFrom(Map<String, Map<String, Map<String, Object>>> paths) {
        Set<String> missing = new TreeSet<>();
        for (String answer : seen) {
            String[] words = answer.split(" ");
            Map<String, Object> operation =
                    paths.getOrDefault(words[1], Map.of()).get(words[0].toLowerCase());
            boolean described = operation != null && ((Map<?, ?>) operation.get("responses")).containsKey(words[2]);
            if (operation != null && !described) {
                missing.add(answer);
            }
        }
        return missing;
    }
}
