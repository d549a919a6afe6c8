package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.azure.eventgrid.TopicChannel.WaitingEvents.Waiting;
import io.freshet.azure.eventgrid.Topics.Topic;
import io.freshet.event.OutgoingEvent;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Flow;

/**
 * Publishes whatever has queued up while the previous request was in flight, so batches grow under load and nothing
 * waits without it. A message is acknowledged when the topic has accepted it; no failure ends the stream.
 */
final class TopicChannel implements Flow.Subscriber<Message<?>> {
    static final String EVENTS = "freshet.eventgrid.events";

    private static final Logger LOG = Logger.getLogger(TopicChannel.class);

    private final TopicSettings settings;
    private final Topic topic;
    private final ObjectMapper json;
    private final MeterRegistry metrics;
    private final WaitingEvents waiting = new WaitingEvents();
    private Flow.@Nullable Subscription upstream;
    private volatile @Nullable String trouble;

    TopicChannel(TopicSettings settings, Topic topic, ObjectMapper json, MeterRegistry metrics) {
        this.settings = settings;
        this.topic = topic;
        this.json = json;
        this.metrics = metrics;
    }

    TopicSettings settings() {
        return settings;
    }

    /** Why the last request failed; null if it succeeded. */
    @Nullable
    String trouble() {
        return trouble;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        subscription.request(2L * settings.batchSize());
    }

    @Override
    public void onNext(Message<?> message) {
        Waiting event;
        try {
            event = written(message);
        } catch (Permanent refusal) {
            answer(message, refusal).subscribe().with(x -> request(1));
            return;
        }
        if (waiting.add(event)) {
            lingered().subscribe().with(x -> publishWaiting());
        }
    }

    @Override
    public void onError(Throwable failure) {
        LOG.errorf(failure, "Channel %s: the stream of events has failed", settings.channel());
    }

    @Override
    public void onComplete() {
        LOG.debugf("Channel %s: no more events", settings.channel());
    }

    private Waiting written(Message<?> message) {
        OutgoingEvent event = event(message);
        Waiting written = new Waiting(message, settings.schema().write(event, settings.source(), tree(event)));
        if (!written.fits()) {
            throw new Permanent(
                    FailureCode.MESSAGE_TOO_LARGE,
                    "Event " + event.id() + " has " + written.bytes() + " bytes; the limit for a request is "
                            + WaitingEvents.MAX_BYTES);
        }
        return written;
    }

    private static OutgoingEvent event(Message<?> message) {
        if (message.getPayload() instanceof OutgoingEvent event) {
            return event;
        }
        return message.getMetadata(OutgoingEvent.Metadata.class)
                .map(m -> m.with(message.getPayload()))
                .orElseThrow(() -> new Permanent(
                        FailureCode.MALFORMED,
                        "The message has neither an OutgoingEvent as payload nor OutgoingEvent.Metadata"));
    }

    private JsonNode tree(OutgoingEvent event) {
        try {
            return json.valueToTree(event.data());
        } catch (IllegalArgumentException e) {
            throw new Permanent(FailureCode.MALFORMED, "The data cannot be written as JSON: event " + event.id(), e);
        }
    }

    private Uni<?> lingered() {
        Uni<Void> now = Uni.createFrom().voidItem();
        return settings.linger().isZero() ? now : now.onItem().delayIt().by(settings.linger());
    }

    private void publishWaiting() {
        List<Waiting> batch = waiting.take(settings.batchSize());
        if (batch.isEmpty()) {
            return;
        }
        topic.publish(batch.stream().map(Waiting::json).toList())
                .onItemOrFailure()
                .transformToUni((x, failure) -> answerAll(batch, failure))
                .subscribe()
                .with(x -> published(batch.size()));
    }

    private Uni<Void> answerAll(List<Waiting> batch, @Nullable Throwable failure) {
        if (failure != null && trouble == null) {
            LOG.warnf(
                    "Channel %s: %d events were not published: %s",
                    settings.channel(), batch.size(), failure.getMessage());
        }
        trouble = failure == null ? null : String.valueOf(failure.getMessage());
        return Multi.createFrom()
                .iterable(batch)
                .onItem()
                .transformToUniAndConcatenate(event -> answer(event.message(), failure))
                .onItem()
                .ignoreAsUni();
    }

    private Uni<Void> answer(Message<?> message, @Nullable Throwable failure) {
        metrics.counter(EVENTS, "channel", settings.channel(), "result", failure == null ? "sent" : "refused")
                .increment();
        return Uni.createFrom()
                .completionStage(() -> failure == null ? message.ack() : message.nack(failure))
                .onFailure()
                .invoke(t -> LOG.warnf(
                        t, "Channel %s: the sender could not handle the outcome of its message", settings.channel()))
                .onFailure()
                .recoverWithNull();
    }

    private void published(int count) {
        request(count);
        publishWaiting();
    }

    private void request(long count) {
        if (upstream != null) {
            upstream.request(count);
        }
    }

    /** Events waiting for the next request, in order. Safe for concurrent use. */
    static final class WaitingEvents {
        /** The service's limit for one request, including the array's brackets and commas. */
        static final int MAX_BYTES = 1024 * 1024;

        /** An event, and the message to acknowledge once it is published. */
        record Waiting(Message<?> message, String json) {
            int bytes() {
                return json.getBytes(StandardCharsets.UTF_8).length;
            }

            boolean fits() {
                return bytes() + 2 <= MAX_BYTES;
            }
        }

        private final Deque<Waiting> events = new ArrayDeque<>();
        private boolean taken;

        /** @return whether the caller has to publish: no other call is publishing */
        synchronized boolean add(Waiting event) {
            events.add(event);
            boolean idle = !taken;
            taken = true;
            return idle;
        }

        /** As many as one request may carry. Empty if none are left; publishing has ended then. */
        synchronized List<Waiting> take(int most) {
            List<Waiting> batch = new ArrayList<>();
            int bytes = 1;
            while (!events.isEmpty()
                    && batch.size() < most
                    && bytes + 1 + events.peek().bytes() <= MAX_BYTES) {
                Waiting next = events.remove();
                bytes += 1 + next.bytes();
                batch.add(next);
            }
            taken = !batch.isEmpty();
            return batch;
        }
    }
}
