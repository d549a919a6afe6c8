package io.freshet.azure.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.smallrye.reactive.messaging.TracingMetadata;
import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Propagates traces through the queue, in the W3C members {@code traceparent} and {@code tracestate} of messages that
 * are JSON objects. Other messages are left alone and start traces of their own.
 */
final class MessageTracing {
    /** Does nothing. */
    static final MessageTracing OFF = new MessageTracing(null);

    private static final String SCOPE = "io.freshet.azure.queue";
    private static final String PARENT = "traceparent";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TextMapPropagator W3C = W3CTraceContextPropagator.getInstance();

    private final @Nullable Tracer tracer;

    private MessageTracing(@Nullable Tracer tracer) {
        this.tracer = tracer;
    }

    static MessageTracing by(OpenTelemetry telemetry) {
        return telemetry.equals(OpenTelemetry.noop()) ? OFF : new MessageTracing(telemetry.getTracer(SCOPE));
    }

    /** Starts the span of a received message, as a child of the sender's if the message carries it. */
    MessageSpan received(InFlightMessage message, String text) {
        if (tracer == null) {
            return MessageSpan.NONE;
        }
        Context parent = parentIn(text);
        Span span = span(tracer, message.queueName() + " process", SpanKind.CONSUMER)
                .setAttribute("messaging.destination.name", message.queueName())
                .setAttribute("messaging.message.id", message.item().getMessageId())
                .setParent(parent)
                .startSpan();
        return MessageSpan.started(span, parent);
    }

    /** Starts the span of a message that is about to be sent. */
    MessageSpan sending(String queue, Context parent) {
        if (tracer == null) {
            return MessageSpan.NONE;
        }
        Span span = span(tracer, queue + " send", SpanKind.PRODUCER)
                .setAttribute("messaging.destination.name", queue)
                .setParent(parent)
                .startSpan();
        return MessageSpan.started(span, parent);
    }

    /** The text with the span's identity as its first members. Every other byte stays the same. */
    String withParent(String text, MessageSpan span) {
        ObjectNode members = JsonNodeFactory.instance.objectNode();
        span.context().ifPresent(context -> W3C.inject(context, members, (node, key, value) -> put(node, key, value)));
        Optional<JsonNode> object = members.isEmpty() ? Optional.empty() : object(text);
        if (object.isEmpty() || object.get().has(PARENT)) {
            return text;
        }
        String added = members.toString();
        String separator = object.get().isEmpty() ? "" : ",";
        return added.substring(0, added.length() - 1) + separator + text.substring(text.indexOf('{') + 1);
    }

    private static SpanBuilder span(Tracer tracer, String name, SpanKind kind) {
        return tracer.spanBuilder(name).setSpanKind(kind).setAttribute("messaging.system", "azure_storage_queue");
    }

    private static void put(@Nullable ObjectNode node, String key, String value) {
        if (node != null) {
            node.put(key, value);
        }
    }

    private static Context parentIn(String text) {
        // most messages of an untraced sender need no parser
        return text.contains(PARENT)
                ? object(text)
                        .map(o -> W3C.extract(Context.root(), o, Members.INSTANCE))
                        .orElse(Context.root())
                : Context.root();
    }

    private static Optional<JsonNode> object(String text) {
        try {
            return text.stripLeading().startsWith("{")
                    ? Optional.of(JSON.readTree(text)).filter(JsonNode::isObject)
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private enum Members implements TextMapGetter<JsonNode> {
        INSTANCE;

        @Override
        public Iterable<String> keys(JsonNode carrier) {
            return carrier::fieldNames;
        }

        @Override
        public @Nullable String get(@Nullable JsonNode carrier, String key) {
            return carrier == null ? null : carrier.path(key).textValue();
        }
    }

    /** The span of one message; does nothing while tracing is off. */
    static final class MessageSpan {
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
}
