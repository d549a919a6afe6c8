package io.freshet.azure.queue;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.smallrye.reactive.messaging.TracingMetadata;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** The part of a trace that one message makes up; nothing while tracing is off. */
final class MessageSpan {
    static final MessageSpan NONE = new MessageSpan(null);

    private final @Nullable Context context;

    private MessageSpan(@Nullable Context context) {
        this.context = context;
    }

    static MessageSpan started(Span span, Context parent) {
        return new MessageSpan(parent.with(span));
    }

    /** Makes the span the current one where the application handles the message. */
    Optional<TracingMetadata> metadata() {
        return context().map(TracingMetadata::withCurrent);
    }

    Optional<Context> context() {
        return Optional.ofNullable(context);
    }

    void failed(Throwable reason) {
        context()
                .map(Span::fromContext)
                .ifPresent(span ->
                        span.recordException(reason).setStatus(StatusCode.ERROR, ChannelHealth.describe(reason)));
    }

    void end() {
        context().map(Span::fromContext).ifPresent(Span::end);
    }
}
