package io.freshet.gateway.contract;

import java.util.List;

/**
 * One method of one resource.
 *
 * @param id {@code submitJob}: the name of the method that serves it
 * @param path {@code /jobs/{id}}
 * @param query names of the query parameters that it takes
 * @param headers names of the headers that it reads
 * @param types media types of its answers, but for problems
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
