package io.freshet.azure.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.azure.AttributeCheck;
import io.freshet.azure.queue.MessageTracing.MessageSpan;
import io.freshet.azure.queue.QueueMetrics.Outcome;
import io.freshet.azure.queue.StorageQueues.StorageQueue;
import io.freshet.azure.queue.StorageQueues.StorageQueue.Creation;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.settings.WrongSettings;
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

/**
 * Sends messages to queues, several concurrently. A message is acknowledged once the service has accepted it; no
 * failure ends the stream.
 */
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

    /** Completes when nothing is being sent. */
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
                .invoke(t -> LOG.warnf(
                        t, "Channel %s: the sender could not handle the outcome of its message", settings.channel()))
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
                    "The encoded message for queue " + settings.queue() + " has " + size(plain) + " bytes"
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

        /**
         * Strings and UTF-8 bytes as they are, everything else as JSON. Fails with MALFORMED if there is no JSON form.
         */
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
                        "Cannot be written as JSON: " + payload.getClass().getName(),
                        e);
            }
        }
    }

    /** An outgoing channel's attributes, checked. */
    record OutgoingSettings(
            String channel,
            String queue,
            Creation creation,
            MessageEncoding encoding,
            Duration timeToLive,
            Duration visibilityDelay,
            int maxInflight) {

        /** Throws {@link WrongSettings} that names channel, attribute and range. */
        static OutgoingSettings of(AzureStorageQueueConnectorOutgoingConfiguration config) {
            AttributeCheck attribute = new AttributeCheck(config.getChannel());
            MessageEncoding encoding = attribute.oneOf("encoding", config.getEncoding(), MessageEncoding.class);
            if (encoding == MessageEncoding.AUTO) {
                throw new WrongSettings(
                        "Channel '" + config.getChannel() + "': attribute 'encoding' is auto, which is for reading");
            }
            return new OutgoingSettings(
                    config.getChannel(),
                    config.getQueue().orElse(config.getChannel()),
                    Creation.wanted(config.getCreateQueue()),
                    encoding,
                    Duration.ofSeconds(attribute.within("time-to-live", config.getTimeToLive(), -1, Integer.MAX_VALUE)),
                    Duration.ofSeconds(attribute.within("visibility-delay", config.getVisibilityDelay(), 0, 604_800)),
                    attribute.within("max-inflight", config.getMaxInflight(), 1, 1024));
        }
    }
}
