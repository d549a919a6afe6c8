package io.freshet.azure.queue;

import com.azure.storage.queue.models.QueueMessageItem;
import io.freshet.azure.queue.IncomingSettings.Exhausted;
import io.freshet.azure.queue.QueueMetrics.Outcome;
import io.freshet.azure.queue.StorageQueues.StorageQueue;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.Subscriptions;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Receives messages of one or several queues, never more than downstream has requested from all of them together. All
 * state belongs to one event loop.
 */
final class IncomingChannel
        implements Flow.Publisher<Message<String>>, Flow.Subscription, InFlightMessage.Holder, PollLoop.Consumer {
    private static final Logger LOG = Logger.getLogger(IncomingChannel.class);
    private static final Duration FOR_EVER = Duration.ofSeconds(-1);

    /** A queue to read, and the queue for its poisoned messages. */
    record Source(StorageQueue queue, StorageQueue poison) {}

    /** What the channel is connected to. */
    record Wiring(
            ChannelContext context,
            List<Source> sources,
            FailureStrategy strategy,
            QueueMetrics metrics,
            MessageTracing tracing) {}

    private final IncomingSettings settings;
    private final Wiring wiring;
    private final ChannelHealth health = new ChannelHealth();
    private final InFlight inWork = new InFlight();
    private final PollLoop loop;
    private final AtomicBoolean subscribed = new AtomicBoolean();
    private final AtomicReference<Reception> reception = new AtomicReference<>(Reception.ON);

    private Flow.@Nullable Subscriber<? super Message<String>> downstream;
    private long demand;

    /** Whether messages are fetched. */
    private enum Reception {
        ON,
        /** A poll in progress still delivers. */
        PAUSED,
        /** Messages of a poll in progress are returned to the queue. */
        DRAINING,
        /** Like draining, for good. */
        CLOSED
    }

    IncomingChannel(IncomingSettings settings, Wiring wiring) {
        this.settings = settings;
        this.wiring = wiring;
        this.loop = new PollLoop(this, this);
    }

    IncomingSettings settings() {
        return settings;
    }

    ChannelContext context() {
        return wiring.context();
    }

    List<Source> sources() {
        return wiring.sources();
    }

    FailureStrategy strategy() {
        return wiring.strategy();
    }

    MessageTracing tracing() {
        return wiring.tracing();
    }

    ChannelHealth health() {
        return health;
    }

    InFlight inWork() {
        return inWork;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Message<String>> subscriber) {
        if (!subscribed.compareAndSet(false, true)) {
            Subscriptions.fail(subscriber, new IllegalStateException("A queue channel supports only one subscriber"));
            return;
        }
        context().run(() -> downstream = subscriber);
        subscriber.onSubscribe(this);
    }

    @Override
    public void request(long n) {
        context().run(() -> {
            if (n <= 0) {
                fail(new IllegalArgumentException("Requested " + n + " messages"));
                return;
            }
            demand = Subscriptions.add(demand, n);
            loop.poll();
        });
    }

    @Override
    public void cancel() {
        close();
    }

    /** No poll begins after this. */
    void pause() {
        turn(Reception.PAUSED);
    }

    void resume() {
        turn(Reception.ON);
        context().run(loop::pollNow);
    }

    /** Receives nothing more; completes when every message in flight is settled. */
    Uni<Void> drain() {
        turn(Reception.DRAINING);
        return context().call(inWork::nothing);
    }

    void close() {
        reception.set(Reception.CLOSED);
    }

    /** Ends the stream, and with it the life of the process. */
    void fail(Throwable failure) {
        health.failed(failure);
        close();
        context().run(() -> {
            Flow.Subscriber<? super Message<String>> told = downstream;
            downstream = null;
            if (told != null) {
                told.onError(failure);
            }
        });
    }

    Uni<Void> poison(InFlightMessage message, String reason) {
        StorageQueue poison = message.source().poison();
        String envelope = new PoisonMessage(message.queueName(), message.item(), reason, Instant.now()).toJson();
        LOG.warnf(
                "Moving message %s of queue %s to queue %s: %s",
                message.item().getMessageId(), message.queueName(), poison.name(), reason);
        return message.poison(poison.send(envelope, Duration.ZERO, FOR_EVER));
    }

    @Override
    public int wanted() {
        boolean wants = reception.get() == Reception.ON && downstream != null;
        return wants ? (int) Math.min(settings.polling().batch(), demand) : 0;
    }

    @Override
    public void deliver(Source source, List<QueueMessageItem> messages) {
        messages.forEach(item -> deliver(new InFlightMessage(item, source, this)));
    }

    @Override
    public void count(Outcome outcome) {
        wiring.metrics().count(outcome);
    }

    @Override
    public void settled(InFlightMessage message) {
        inWork.leave();
    }

    private void deliver(InFlightMessage message) {
        QueueMessageItem item = message.item();
        inWork.enter();
        message.keepHidden();
        count(Outcome.RECEIVED);
        wiring.metrics().age(Duration.between(item.getInsertionTime().toInstant(), Instant.now()));
        Flow.Subscriber<? super Message<String>> open = isOpen() ? downstream : null;
        if (open == null) {
            finish(message, message.releaseAfter(Duration.ZERO));
            return;
        }
        if (isExhausted(item)) {
            finish(message, poison(message, exhaustion(item)));
            return;
        }
        demand = demand == Long.MAX_VALUE ? demand : demand - 1;
        open.onNext(new IncomingMessage(message, this));
    }

    private boolean isOpen() {
        Reception now = reception.get();
        return now == Reception.ON || now == Reception.PAUSED;
    }

    private boolean isExhausted(QueueMessageItem item) {
        return settings.poisoning().exhausted() == Exhausted.POISON
                && item.getDequeueCount() > settings.failing().maxDequeueCount();
    }

    private String exhaustion(QueueMessageItem item) {
        return "received " + item.getDequeueCount() + " times; "
                + settings.failing().maxDequeueCount() + " are allowed, and its consumers ended without settling it";
    }

    private static void finish(InFlightMessage message, Uni<Void> settlement) {
        settlement
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf(
                                "Could not settle a message of queue %s; it will be delivered again: %s",
                                message.queueName(), failure.getMessage()));
    }

    private void turn(Reception to) {
        reception.updateAndGet(now -> now == Reception.CLOSED ? now : to);
    }
}
