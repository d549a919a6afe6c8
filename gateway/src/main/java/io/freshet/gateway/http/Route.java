package io.freshet.gateway.http;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * A resource of the API and the methods it has, HEAD and OPTIONS aside.
 *
 * @param template as in the OpenAPI document
 */
record Route(String template, Set<String> methods) {
    /** The framework knows methods by class, and a class has several resources. */
    static final List<Route> ALL = List.of(
            new Route("/jobs", Set.of("GET", "POST")),
            new Route("/jobs/{id}", Set.of("GET", "DELETE")),
            new Route("/jobs/{id}/results", Set.of("GET")),
            new Route("/jobs/{id}/errors", Set.of("GET")),
            new Route("/jobs/{id}/events", Set.of("GET")),
            new Route("/jobs/{id}/cancel", Set.of("POST")),
            new Route("/jobs/{id}/suspend", Set.of("POST")),
            new Route("/jobs/{id}/resume", Set.of("POST")),
            new Route("/jobs/{id}/rerun", Set.of("POST")));

    private static final Pattern MATRIX_OR_LAST_SLASH = Pattern.compile(";[^/]*|(?<=.)/$");

    /** @param path normalized; matrix parameters and a slash at the end make no other resource */
    static Optional<Route> of(String path) {
        String plain = MATRIX_OR_LAST_SLASH.matcher(path).replaceAll("");
        return ALL.stream()
                .filter(route -> plain.matches(route.template.replace("{id}", "[^/]+")))
                .findFirst();
    }

    /** The value of an {@code Allow} header. */
    String allow() {
        Set<String> all = new TreeSet<>(methods);
        all.add("OPTIONS");
        if (methods.contains("GET")) {
            all.add("HEAD");
        }
        return String.join(", ", all);
    }

    boolean has(String method) {
        return methods.contains(method.equals("HEAD") ? "GET" : method);
    }
}
