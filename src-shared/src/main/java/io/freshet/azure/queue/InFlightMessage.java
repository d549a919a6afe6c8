package io.freshet.azure.queue;

import com.azure.storage.queue.models.QueueMessageItem;
import io.freshet.azure.queue.QueueMetrics.Outcome;
import io.freshet.azure.queue.StorageQueues.StorageQueue;
import io.smallrye.mutiny.Uni;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.function.Function;

/**
 * A received message while it is in flight: keeps it hidden from other consumers, knows its latest pop receipt, and
 * settles it once. All calls run on the channel's event loop.
 */
final class InFlightMessage {
    private static final Logger LOG = Logger.getLogger(InFlightMessage.class);

    /** Told what becomes of the message. */
    interface Holder {
        void count(Outcome outcome);

        /** The message is settled; nothing more happens to it here. */
        void settled(InFlightMessage message);
    }

    private final QueueMessageItem item;
    private final IncomingChannel.Source source;
    private final StorageQueue queue;
    private final Duration visibility;
    private final ChannelContext context;
    private final Holder holder;
    private String receipt;
    private Uni<Void> renewal = Uni.createFrom().voidItem();
    private long timer = ChannelContext.NO_TIMER;
    private volatile boolean settled;
    private volatile boolean lost;

    InFlightMessage(QueueMessageItem item, IncomingChannel.Source source, IncomingChannel channel) {
        this.item = item;
        this.source = source;
        this.queue = source.queue();
        this.visibility = channel.settings().polling().visibility();
        this.context = channel.context();
        this.holder = channel;
        this.receipt = item.getPopReceipt();
    }

    QueueMessageItem item() {
        return item;
    }

    IncomingChannel.Source source() {
        return source;
    }

    String queueName() {
        return queue.name();
    }

    boolean isLost() {
        return lost;
    }

    /** Renews the visibility time-out at every third of it, until the message is settled or lost. */
    void keepHidden() {
        timer = context.after(visibility.dividedBy(3), this::renew);
    }

    boolean isSettled() {
        return settled;
    }

    Uni<Void> acknowledge() {
        return settle(Outcome.ACKED, newest -> queue.delete(item, newest));
    }

    /** Returns the message to the queue as failed, visible after the delay. */
    Uni<Void> retryAfter(Duration delay) {
        return settle(Outcome.RETRIED, newest -> queue.hide(item, newest, delay).replaceWithVoid());
    }

    /** Returns the message to the queue although nothing is wrong with it. */
    Uni<Void> releaseAfter(Duration delay) {
        return settle(
                Outcome.RELEASED, newest -> queue.hide(item, newest, delay).replaceWithVoid());
    }

    /** Sends the copy first: a message may be in both queues for a moment, but never in neither. */
    Uni<Void> poison(Uni<Void> copy) {
        return settle(Outcome.POISONED, newest -> copy.chain(() -> queue.delete(item, newest)));
    }

    private void renew() {
        if (settled || lost) {
            return;
        }
        renewal = queue.hide(item, receipt, visibility)
                .invoke(newest -> receipt = newest)
                .replaceWithVoid()
                .onFailure()
                .recoverWithItem(this::renewalFailed)
                .memoize()
                .indefinitely();
        renewal.subscribe().with(x -> renewed(), failure -> LOG.error("Renewal ended unexpectedly", failure));
    }

    private void renewed() {
        if (!settled && !lost) {
            keepHidden();
        }
    }

    private Void renewalFailed(Throwable failure) {
        if (StorageQueue.saysLost(failure)) {
            lose();
        } else {
            LOG.warnf(
                    "Could not renew the visibility time-out of message %s in queue %s: %s",
                    id(), queue.name(), failure.getMessage());
        }
        return null;
    }

    private Uni<Void> settle(Outcome outcome, Function<String, Uni<Void>> how) {
        return context.call(() -> {
            if (settled) {
                return Uni.createFrom().voidItem();
            }
            settled = true;
            timer = context.cancel(timer);
            return renewal.chain(() -> lost ? forget() : finish(outcome, how))
                    .onTermination()
                    .invoke(() -> holder.settled(this));
        });
    }

    private Uni<Void> finish(Outcome outcome, Function<String, Uni<Void>> how) {
        return how.apply(receipt)
                .invoke(() -> holder.count(outcome))
                .onFailure(StorageQueue::saysLost)
                .recoverWithUni(this::loseAndForget)
                .onFailure()
                .invoke(() -> holder.count(Outcome.UNSETTLED));
    }

    private Uni<Void> loseAndForget() {
        lose();
        return forget();
    }

    private Uni<Void> forget() {
        LOG.debugf("Message %s of queue %s now belongs to another consumer; nothing to settle", id(), queue.name());
        return Uni.createFrom().voidItem();
    }

    private void lose() {
        if (!lost) {
            lost = true;
            holder.count(Outcome.LOST);
        }
    }

    private String id() {
        return item.getMessageId();
    }
}
