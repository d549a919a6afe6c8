package io.freshet.gateway.orchestrations;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The body of a request as text; its size is bounded, because it is kept in memory and in a small document. */
final class RequestText {
    static final int MAX_BYTES = 1 << 20;

    private RequestText() {}

    /** Call on the request's event loop. Fails if the body is too large, or the client goes away. */
    static Uni<String> of(HttpServerRequest request) {
        Charset charset = charset(request.getHeader("Content-Type"));
        return Uni.createFrom().<Buffer>emitter(body -> read(request, body)).map(bytes -> bytes.toString(charset));
    }

    private static void read(HttpServerRequest request, UniEmitter<? super Buffer> body) {
        Buffer bytes = Buffer.buffer();
        if (request.isEnded()) {
            body.complete(bytes);
            return;
        }
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            request.response().writeContinue();
        }
        request.handler(chunk -> {
            if (bytes.length() + chunk.length() > MAX_BYTES) {
                request.handler(ignored -> {});
                body.fail(DurableError.tooLarge("The body has more than " + MAX_BYTES
                        + " bytes: send many inputs as application/x-ndjson, one a line"));
            } else {
                bytes.appendBuffer(chunk);
            }
        });
        request.exceptionHandler(body::fail);
        request.endHandler(end -> body.complete(bytes));
        request.resume();
    }

    /** Whether the client said that there is no body, rather than just sending none. */
    static boolean isAnnouncedEmpty(HttpServerRequest request) {
        return "0".equals(request.getHeader("Content-Length"));
    }

    private static Charset charset(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
        int begin = type.indexOf("charset=");
        if (begin < 0) {
            return StandardCharsets.UTF_8;
        }
        String name = type.substring(begin + "charset=".length()).replaceAll("[\"\\s]", "");
        try {
            return Charset.forName(name.contains(";") ? name.substring(0, name.indexOf(';')) : name);
        } catch (IllegalArgumentException e) {
            throw DurableError.bad("The charset '" + name + "' is not known: send UTF-8");
        }
    }
}
