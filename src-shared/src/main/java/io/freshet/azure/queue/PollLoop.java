package io.freshet.azure.queue;

import com.azure.storage.queue.models.QueueMessageItem;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;

/** Fetches messages again and again, one poll at a time. Failures never end it. Belongs to the channel's event loop. */
final class PollLoop {
    private static final Logger LOG = Logger.getLogger(PollLoop.class);

    /** Who wants messages. */
    interface Consumer {
        /** How many messages may come now; 0: none. */
        int wanted();

        void deliver(List<QueueMessageItem> messages);
    }

    private final IncomingChannel channel;
    private final Consumer consumer;
    private final PollPace pace;
    private long timer = ChannelContext.NO_TIMER;
    private boolean polling;

    PollLoop(IncomingChannel channel, Consumer consumer) {
        this.channel = channel;
        this.consumer = consumer;
        this.pace = new PollPace(
                channel.settings().polling().min(), channel.settings().polling().max());
    }

    /** Without waiting for the time of the next poll. */
    void pollNow() {
        timer = channel.context().cancel(timer);
        poll();
    }

    /** If it is time, and something is wanted. */
    void poll() {
        int wanted = consumer.wanted();
        if (polling || timer != ChannelContext.NO_TIMER || wanted == 0) {
            return;
        }
        polling = true;
        channel.inWork().enter();
        channel.queue()
                .receive(wanted, channel.settings().polling().visibility())
                .onTermination()
                .invoke(() -> polling = false)
                .subscribe()
                .with(this::received, this::failed);
    }

    private void received(List<QueueMessageItem> messages) {
        if (channel.health().pollSucceeded()) {
            LOG.infof("Channel %s polls queue %s again", channel.settings().channel(), queueName());
        }
        try {
            consumer.deliver(messages);
        } finally {
            channel.inWork().leave();
            pollAfter(messages.isEmpty() ? pace.afterNothing() : pace.afterMessages());
        }
    }

    private void failed(Throwable failure) {
        if (channel.health().pollFailed(failure)) {
            LOG.warnf(
                    "Channel %s cannot poll queue %s and goes on trying: %s",
                    channel.settings().channel(), queueName(), failure.getMessage());
        }
        channel.inWork().leave();
        pollAfter(pace.afterFailure());
    }

    private void pollAfter(Duration delay) {
        if (delay.isZero()) {
            poll();
            return;
        }
        timer = channel.context().after(delay, this::wake);
    }

    private void wake() {
        timer = ChannelContext.NO_TIMER;
        poll();
    }

    private String queueName() {
        return channel.queue().name();
    }
}
