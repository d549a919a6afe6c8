package io.freshet.system.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.freshet.harness.api.Gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** An Event Grid topic: takes whatever is posted with its key, or with a SAS, and remembers it. */
public final class Topic implements AutoCloseable {
    private final HttpServer server;
    private final String key;
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Predicate<JsonNode> observation = body -> true;

    /** @param observed what {@link #onEvent} found when the request came */
    public record Request(String query, boolean authorized, JsonNode body, boolean observed) {}

    public Topic(String key) {
        this.key = key;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/events", this::take);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/events";
    }

    /** Looks at the world at the moment at which an event comes in. */
    public void onEvent(Predicate<JsonNode> question) {
        observation = question;
    }

    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode body = Gateway.parse(Gateway.text(exchange.getRequestBody().readAllBytes()));
            var headers = exchange.getRequestHeaders();
            boolean authorized = key.equals(headers.getFirst("aeg-sas-key")) || headers.containsKey("aeg-sas-token");
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            requests.add(new Request(query, authorized, body, observation.test(body)));
            exchange.sendResponseHeaders(authorized ? 200 : 401, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
