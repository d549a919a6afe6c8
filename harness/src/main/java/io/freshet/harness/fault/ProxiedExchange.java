package io.freshet.harness.fault;

import io.freshet.harness.fault.Fault.Ending;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Set;

/** The way of one request to storage and back. */
final class ProxiedExchange {
    private static final Set<String> OF_ONE_CONNECTION = Set.of("connection", "keep-alive", "transfer-encoding");

    private final HttpServerRequest raw;
    private final HttpClient storage;
    private final Vertx vertx;
    private final StorageLink link;
    private final int life;
    private StorageRequest request;
    private History.Entry entry;

    /** Request and entry are there once it runs: what passes unseen has none. */
    @SuppressWarnings("NullAway.Init")
    ProxiedExchange(HttpServerRequest raw, HttpClient storage, Vertx vertx, StorageLink link) {
        this.raw = raw;
        this.storage = storage;
        this.vertx = vertx;
        this.link = link;
        this.life = link.life();
    }

    private boolean isOfTheDead() {
        return link.life() != life;
    }

    void passUnseen() {
        open().compose(out -> out.send(raw))
                .compose(answer -> head(answer.statusCode(), answer.headers()).send(answer))
                .onFailure(broken -> reset());
    }

    void run(StorageRequest request, History.Entry entry, Fault fault) {
        this.request = request;
        this.entry = entry;
        apply(fault);
    }

    private void apply(Fault fault) {
        switch (fault) {
            case Fault.None none -> pass();
            case Fault.Reset reset -> resetAfter(reset.bytes());
            case Fault.Instead instead -> answerInstead(instead.answer());
            case Fault.Before before -> act(before);
            case Fault.Delayed delayed ->
                vertx.setTimer(Math.max(1, delayed.time().toMillis()), late -> applyUnlessCut(delayed.rest()));
            case Fault.Twice twice -> passTwice();
            case Fault.After after -> passAndThen(after);
        }
    }

    private void act(Fault.Before before) {
        vertx.executeBlocking(
                        () -> {
                            before.action().run();
                            return null;
                        },
                        false)
                .onSuccess(done -> applyUnlessCut(before.rest()))
                .onFailure(this::broken);
    }

    private void applyUnlessCut(Fault rest) {
        if (isOfTheDead()) {
            spoiled("cut off before it was passed on");
            reset();
            return;
        }
        apply(rest);
    }

    /** Blobs are streamed; all else is small, and looked at. */
    private void pass() {
        boolean stream = request.operation().equals("GetBlob");
        open().compose(out -> out.send(raw))
                .compose(answer -> stream ? stream(answer) : whole(answer).compose(this::deliver))
                .onFailure(this::broken);
    }

    private Future<Void> stream(HttpClientResponse answer) {
        saw(new Answer(answer.statusCode(), answer.headers(), Buffer.buffer()));
        return head(answer.statusCode(), answer.headers()).send(answer);
    }

    private void passAndThen(Fault.After after) {
        open().compose(out -> out.send(raw))
                .compose(this::whole)
                .compose(answer -> vertx.executeBlocking(() -> after.ending().apply(answer), false)
                        .compose(ending -> end(answer, ending)))
                .onFailure(this::broken);
    }

    private void passTwice() {
        raw.body()
                .compose(body -> open().compose(out -> out.send(body))
                        .compose(this::whole)
                        .compose(first -> open().compose(out -> out.send(body))
                                .compose(HttpClientResponse::body)
                                .onSuccess(second -> spoiled("passed twice"))
                                .compose(second -> deliver(first))))
                .onFailure(this::broken);
        raw.resume();
    }

    private Future<HttpClientRequest> open() {
        return storage.request(raw.method(), raw.uri()).map(out -> {
            copy(raw.headers(), out.headers());
            if (raw.getHeader(HttpHeaders.CONTENT_LENGTH) == null
                    && raw.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
                out.setChunked(true);
            }
            return out;
        });
    }

    private Future<Answer> whole(HttpClientResponse answer) {
        return answer.body().map(body -> {
            Answer all = new Answer(answer.statusCode(), answer.headers(), body);
            saw(all);
            return all;
        });
    }

    private void saw(Answer answer) {
        link.holdings().observe(request, raw, answer);
        link.history().answered(entry, answer);
    }

    private Future<Void> end(Answer answer, Ending ending) {
        if (isOfTheDead()) {
            spoiled("cut off before the answer");
            return reset();
        }
        if (ending != Ending.DELIVERED) {
            spoiled("answer " + ending);
        }
        return switch (ending) {
            case DELIVERED -> deliver(answer);
            case RESET -> reset();
            case SILENCE -> Future.succeededFuture();
            case TRUNCATED -> truncate(answer);
        };
    }

    private Future<Void> deliver(Answer answer) {
        HttpServerResponse response = head(answer.status(), answer.headers());
        response.headers().remove(HttpHeaders.TRANSFER_ENCODING);
        boolean head = raw.method().name().equals("HEAD");
        return head ? response.end() : response.setChunked(false).end(answer.body());
    }

    private Future<Void> truncate(Answer answer) {
        int half = answer.body().length() / 2;
        HttpServerResponse response = head(answer.status(), answer.headers()).setChunked(false);
        response.putHeader(
                HttpHeaders.CONTENT_LENGTH,
                Integer.toString(Math.max(1, answer.body().length())));
        return response.write(answer.body().slice(0, half)).compose(sent -> reset());
    }

    private HttpServerResponse head(int status, MultiMap headers) {
        HttpServerResponse response = raw.response().setStatusCode(status);
        copy(headers, response.headers());
        if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
            response.setChunked(true);
        }
        return response;
    }

    private void answerInstead(@Nullable Answer answer) {
        spoiled(answer == null ? "no answer, not passed on" : answer.summary() + ", not passed on");
        raw.endHandler(all -> {
            if (answer != null) {
                deliver(answer);
            }
        });
        raw.resume();
    }

    private void resetAfter(long bytes) {
        spoiled("reset, not passed on");
        if (bytes == 0) {
            reset();
            return;
        }
        long[] left = {bytes};
        raw.handler(chunk -> {
            left[0] -= chunk.length();
            if (left[0] <= 0) {
                reset();
            }
        });
        raw.endHandler(all -> reset());
        raw.resume();
    }

    private void broken(Throwable cause) {
        spoiled("broken: " + cause);
        reset();
    }

    private void spoiled(String how) {
        link.history().spoiled(entry, how);
    }

    private Future<Void> reset() {
        return raw.connection().close();
    }

    private static void copy(MultiMap from, MultiMap to) {
        from.forEach((name, value) -> {
            if (!OF_ONE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                to.add(name, value);
            }
        });
    }
}
