package io.freshet.gateway.streaming;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerHttpResponse;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;
import org.jspecify.annotations.Nullable;

import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.Flow.Subscription;

/**
 * A response body that is produced while it is sent.
 *
 * <p>The framework's own streams do not fit: server-sent events are answered with 200 before anything is subscribed to, when
 * it is not known yet whether there is anything to watch; a download could have only one media type; and for a HEAD request
 * both would produce the whole body.
 *
 * @param length bytes, if they are known
 * @param chunks produced one by one, as fast as the client reads
 */
public record StreamedBody(OptionalLong length, Multi<ByteBuffer> chunks) {
    private static final Logger LOG = Logger.getLogger(StreamedBody.class);

    /** @param events in the format of server-sent events */
    public static StreamedBody ofEvents(Multi<String> events) {
        return new StreamedBody(
                OptionalLong.empty(), events.map(event -> ByteBuffer.wrap(event.getBytes(StandardCharsets.UTF_8))));
    }

    /** The next chunk is fetched when the socket has taken the last one. */
    @Provider
    public static final class Writer implements ServerMessageBodyWriter<StreamedBody> {
        @Override
        public boolean isWriteable(
                Class<?> type, Type genericType, ResteasyReactiveResourceInfo target, MediaType mediaType) {
            return type == StreamedBody.class;
        }

        @Override
        public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
            return type == StreamedBody.class;
        }

        @Override
        public void writeTo(
                StreamedBody body,
                Class<?> type,
                Type genericType,
                Annotation[] annotations,
                MediaType mediaType,
                MultivaluedMap<String, Object> headers,
                OutputStream out) {
            throw new UnsupportedOperationException("A streamed body is written by the reactive writer only");
        }

        @Override
        public void writeResponse(StreamedBody body, Type genericType, ServerRequestContext context) {
            ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
            request.suspend();
            ServerHttpResponse response = context.serverResponse();
            if (body.length().isPresent()) {
                response.setResponseHeader(
                        HttpHeaders.CONTENT_LENGTH, Long.toString(body.length().getAsLong()));
            } else {
                response.setChunked(true);
            }
            if (request.getMethod().equals(HttpMethod.HEAD)) {
                // nothing is sent, so nothing is fetched
                response.end();
                request.resume();
                return;
            }
            Context loop = Objects.requireNonNull(Vertx.currentContext(), "answers are written on an event loop");
            body.chunks()
                    .emitOn(task -> loop.runOnContext(x -> task.run()), 1)
                    .subscribe()
                    .withSubscriber(new Sender(request));
        }

        private static final class Sender implements MultiSubscriber<ByteBuffer> {
            private final ResteasyReactiveRequestContext request;
            private final ServerHttpResponse response;
            private @Nullable Subscription source;

            Sender(ResteasyReactiveRequestContext request) {
                this.request = request;
                this.response = request.serverResponse();
            }

            @Override
            public void onSubscribe(Subscription subscription) {
                source = subscription;
                response.addCloseHandler(subscription::cancel);
                if (response.closed()) {
                    // the client has gone already, and its close handler will not be called
                    subscription.cancel();
                    return;
                }
                subscription.request(1);
            }

            @Override
            public void onItem(ByteBuffer chunk) {
                byte[] bytes = new byte[chunk.remaining()];
                chunk.get(bytes);
                response.write(bytes);
                if (response.isWriteQueueFull()) {
                    response.addDrainHandler(this::more);
                } else {
                    more();
                }
            }

            private void more() {
                Objects.requireNonNull(source).request(1);
            }

            /** Once the status has been sent, a connection that breaks is all that can still be told. */
            @Override
            public void onFailure(Throwable failure) {
                if (response.headWritten()) {
                    LOG.warnf("A response ended early: %s", failure.getMessage());
                    response.reset();
                    request.close();
                } else {
                    response.removeResponseHeader(HttpHeaders.CONTENT_LENGTH);
                    request.resume(failure, true);
                }
            }

            @Override
            public void onCompletion() {
                response.end();
                request.resume();
            }
        }
    }
}
