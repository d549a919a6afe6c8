package io.freshet.e2e;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines for the calculator, and what has to come of them. */
record Calculations(int count) {

    String lines() {
        return all(i -> "{ \"id\": \"" + i + "\", \"value1\": " + i + ", \"value2\": 1, \"op\": \"+\" }\n");
    }

    String results() {
        return all(i -> "{\"id\":\"" + i + "\",\"value1\":" + i + ".0,\"value2\":1.0,\"op\":\"+\",\"result\":" + (i + 1)
                + ".0}\n");
    }

    private String all(IntFunction<String> line) {
        return IntStream.rangeClosed(1, count).mapToObj(line).collect(Collectors.joining());
    }
}
