package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A topic that keeps what it is sent and answers as told, 200 otherwise. */
final class LocalTopic implements AutoCloseable {
    /** What was posted. */
    record Post(MultiMap headers, String query, String text) {
        JsonNode json() {
            try {
                return new ObjectMapper().readTree(text);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(text, e);
            }
        }
    }

    private final List<Post> posts = new CopyOnWriteArrayList<>();
    private final Queue<Integer> answers = new ConcurrentLinkedQueue<>();
    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;

    /** On a Vert.x of its own: the application's metrics know servers by other tags. */
    LocalTopic() {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> keep(request, body.toString())))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.actualPort() + "/api/events";
    }

    List<Post> posts() {
        return posts;
    }

    /** The next requests are answered so, one each. */
    void answer(Integer... statuses) {
        answers.addAll(List.of(statuses));
    }

    @Override
    public void close() {
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }

    private void keep(HttpServerRequest request, String body) {
        posts.add(new Post(request.headers(), request.query(), body));
        Integer status = answers.poll();
        request.response().setStatusCode(status == null ? 200 : status).end();
    }
}
