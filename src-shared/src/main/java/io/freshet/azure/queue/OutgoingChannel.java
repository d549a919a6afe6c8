package io.freshet.azure.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.azure.queue.MessageTracing.MessageSpan;
import io.freshet.azure.queue.QueueMetrics.Outcome;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.opentelemetry.context.Context;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.TracingMetadata;
import io.smallrye.reactive.messaging.providers.helpers.MultiUtils;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Flow;

/** Sends messages to queues, several at a time. A message is acknowledged when the service has it; nothing ends the stream. */
final class OutgoingChannel {
    private static final Logger LOG = Logger.getLogger(OutgoingChannel.class);
    private static final OutgoingQueueMetadata AS_CONFIGURED = new OutgoingQueueMetadata(null, null);

    /** What the channel is connected to. */
    record Wiring(StorageQueues queues, MessageText text, QueueMetrics metrics, MessageTracing tracing) {}

    private final OutgoingSettings settings;
    private final Wiring wiring;
    private final Map<String, StorageQueue> queues = new ConcurrentHashMap<>();
    private final InFlight inWork = new InFlight();

    OutgoingChannel(OutgoingSettings settings, Wiring wiring) {
        this.settings = settings;
        this.wiring = wiring;
    }

    Flow.Subscriber<? extends Message<?>> subscriber() {
        return MultiUtils.via(messages ->
                messages.onItem().transformToUni(this::sendAndAnswer).merge(settings.maxInflight()));
    }

    /** Done when nothing is being sent. */
    Uni<Void> idle() {
        return inWork.nothing();
    }

    private Uni<Void> sendAndAnswer(Message<?> message) {
        inWork.enter();
        return Uni.createFrom()
                .deferred(() -> send(message))
                .onItemOrFailure()
                .transformToUni((sent, failure) ->
                        Uni.createFrom().completionStage(() -> failure == null ? message.ack() : message.nack(failure)))
                .onFailure()
                .invoke(t -> LOG.warnf(t, "Channel %s: the sender failed to handle the answer", settings.channel()))
                .onFailure()
                .recoverWithNull()
                .onTermination()
                .invoke(inWork::leave);
    }

    private Uni<Void> send(Message<?> message) {
        OutgoingQueueMetadata own =
                message.getMetadata(OutgoingQueueMetadata.class).orElse(AS_CONFIGURED);
        StorageQueue queue = queue(own.queue() == null ? settings.queue() : own.queue());
        MessageSpan span = wiring.tracing().sending(queue.name(), parentOf(message));
        return Uni.createFrom()
                .item(() -> encoded(wiring.text().of(message.getPayload()), span))
                .chain(text -> queue.send(text, delay(own), settings.timeToLive()))
                .onItemOrFailure()
                .invoke((sent, failure) -> finished(span, failure));
    }

    private void finished(MessageSpan span, Throwable failure) {
        wiring.metrics().count(failure == null ? Outcome.SENT : Outcome.REFUSED);
        if (failure != null) {
            span.failed(failure);
        }
        span.end();
    }

    private Duration delay(OutgoingQueueMetadata own) {
        return own.visibilityDelay() == null ? settings.visibilityDelay() : own.visibilityDelay();
    }

    private String encoded(String text, MessageSpan span) {
        String traced = settings.encoding().encode(wiring.tracing().withParent(text, span));
        String plain = fits(traced) ? traced : settings.encoding().encode(text);
        if (!fits(plain)) {
            throw new Permanent(
                    FailureCode.MESSAGE_TOO_LARGE,
                    "The message has " + size(plain) + " bytes as it would stand in queue " + settings.queue()
                            + "; the limit is " + StorageQueue.MAX_BYTES);
        }
        return plain;
    }

    private static boolean fits(String text) {
        return size(text) <= StorageQueue.MAX_BYTES;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static Context parentOf(Message<?> message) {
        return TracingMetadata.fromMessage(message)
                .map(TracingMetadata::getCurrentContext)
                .orElseGet(Context::current);
    }

    private StorageQueue queue(String name) {
        return queues.computeIfAbsent(name, n -> wiring.queues().queue(n, settings.creation()));
    }

    /** Turns payloads into text. */
    @Singleton
    static final class MessageText {
        private final ObjectMapper json;

        MessageText(ObjectMapper json) {
            this.json = json;
        }

        /** Text and bytes of UTF-8 as they are, all else as JSON; MALFORMED for what has no JSON. */
        String of(Object payload) {
            return switch (payload) {
                case String text -> text;
                case byte[] bytes -> new String(bytes, StandardCharsets.UTF_8);
                case Buffer buffer -> buffer.toString(StandardCharsets.UTF_8);
                case io.vertx.mutiny.core.buffer.Buffer buffer -> buffer.toString(StandardCharsets.UTF_8);
                default -> json(payload);
            };
        }

        private String json(Object payload) {
            try {
                return json.writeValueAsString(payload);
            } catch (JsonProcessingException e) {
                throw new Permanent(
                        FailureCode.MALFORMED,
                        "No JSON of " + payload.getClass().getName(),
                        e);
            }
        }
    }
}
