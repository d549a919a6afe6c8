package io.freshet.harness.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.freshet.harness.calculator.Calculation;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Stands in for every service that the harness starts. It is a gateway that computes jobs and orchestrations itself when its
 * command line names the gateway, and otherwise only answers. {@code STUB_*} variables make it misbehave.
 */
public final class StubService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PARTS = 6;
    private static final String ID = "2026-11-1";

    private final boolean isGateway;
    private final int port = Integer.parseInt(System.getenv("QUARKUS_HTTP_PORT"));
    private final Map<String, List<String>> jobs = new ConcurrentHashMap<>();
    private int inputs;
    private int halves;

    private StubService(boolean isGateway) {
        this.isGateway = isGateway;
    }

    public static void main(String... arguments) throws IOException {
        Matcher found = Pattern.compile("(gateway|worker|watcher)/target").matcher(String.join(" ", arguments));
        String role = found.find() ? found.group(1) : "nobody";
        if (role.equals(System.getenv("STUB_DIES"))) {
            System.out.println("cannot go on: the reason");
            System.exit(3);
        }
        StubService stub = new StubService(role.equals("gateway"));
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", stub.port), 0);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", stub::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/");
            if (!isGateway || path.length < 2 || path[1].equals("q")) {
                say(exchange, 200, "{}");
            } else if (path[1].equals("api")) {
                start(exchange);
            } else if (path[1].equals("instance")) {
                say(exchange, 200, instance());
            } else if (exchange.getRequestMethod().equals("POST")) {
                accept(exchange);
            } else {
                show(exchange, path);
            }
        }
    }

    private void show(HttpExchange exchange, String[] path) throws IOException {
        String what = path.length > 3 ? path[3] : "";
        switch (what) {
            case "events" -> events(exchange, path[2]);
            case "results" -> say(exchange, 200, String.join("\n", jobs.get(path[2])) + "\n");
            default -> say(exchange, 200, document(path[2], PARTS));
        }
    }

    private void accept(HttpExchange exchange) throws IOException {
        if (System.getenv("STUB_REFUSES") != null) {
            exchange.getResponseHeaders().add("Content-Type", "application/problem+json");
            say(exchange, 413, "{\"title\":\"Too long\",\"detail\":\"line 7 is too long\"}");
            return;
        }
        List<String> results = new ArrayList<>();
        for (String line : new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
            JsonNode json = JSON.readTree(line);
            results.add(new Calculation(
                            json.path("id").asText(),
                            json.path("value1").asText(),
                            json.path("value2").asText(),
                            json.path("op").asText())
                    .resultLine());
        }
        String wrong = System.getenv("STUB_WRONG_LINE");
        if (wrong != null) {
            results.set(Integer.parseInt(wrong) - 1, "{\"wrong\":true}");
        }
        jobs.put(ID, results);
        say(exchange, 202, ID);
    }

    private void events(HttpExchange exchange, String id) throws IOException {
        if (System.getenv("STUB_WITHOUT_EVENTS") != null) {
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        for (int done = 0; done <= PARTS; done++) {
            out.write(("data: " + document(id, done) + "\n\n").getBytes(StandardCharsets.UTF_8));
            out.flush();
            takeTime();
        }
    }

    private static void takeTime() {
        long millis = Long.parseLong(System.getenv().getOrDefault("STUB_PART_MS", "20"));
        try {
            new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void start(HttpExchange exchange) throws IOException {
        inputs = Integer.parseInt(exchange.getRequestURI().getQuery().replaceFirst("inputCount=", ""));
        say(exchange, 202, "{\"id\":\"abc\",\"statusQueryGetUri\":\"http://127.0.0.1:" + port + "/instance\"}");
    }

    /** Half of the inputs at each look. */
    private synchronized String instance() {
        int completed = halves++ % 3 * (inputs / 2);
        String counts = "\"completed\":%d,\"failed\":0,\"total\":%d".formatted(completed, inputs);
        String status = "\"customStatus\":{" + counts + ",\"itemsPerSecond\":100}";
        if (completed < inputs) {
            return "{\"runtimeStatus\":\"Running\"," + status + "}";
        }
        int value = 2 * inputs + Integer.parseInt(System.getenv().getOrDefault("STUB_WRONG_SUM", "0"));
        String end = System.getenv().getOrDefault("STUB_INSTANCE_STATUS", "Completed");
        return "{\"runtimeStatus\":\"" + end + "\"," + status + ",\"output\":{" + counts
                + ",\"outputs\":\"output/abc/\",\"value\":" + value + "}}";
    }

    private String document(String id, int done) {
        String status = done == PARTS ? System.getenv().getOrDefault("STUB_STATUS", "Complete") : "Running";
        return String.format(
                Locale.ROOT,
                "{\"id\":\"%s\",\"status\":\"%s\",\"parts\":%d,\"succeeded\":%d,\"failed\":0,\"lines\":%d,"
                        + "\"rejectedLines\":0,\"progress\":%f,\"linesPerSecond\":1000}",
                id,
                status,
                PARTS,
                done,
                jobs.get(id).size(),
                (double) done / PARTS);
    }

    private static void say(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
