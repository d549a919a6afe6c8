package io.freshet.azure.queue;

import com.azure.storage.queue.models.QueueMessageItem;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Polls for messages, one poll at a time. Several queues take turns, each with its own back-off. Failures never end it.
 * Runs on the channel's event loop.
 */
final class PollLoop {
    private static final Logger LOG = Logger.getLogger(PollLoop.class);

    /** Who wants messages. */
    interface Consumer {
        /** How many messages are wanted now; 0 for none. */
        int wanted();

        void deliver(IncomingChannel.Source source, List<QueueMessageItem> messages);
    }

    private final IncomingChannel channel;
    private final Consumer consumer;
    private final Queue<Turn> turns = new ArrayDeque<>();
    private boolean polling;

    PollLoop(IncomingChannel channel, Consumer consumer) {
        this.channel = channel;
        this.consumer = consumer;
        channel.sources().forEach(source -> turns.add(new Turn(source)));
    }

    /** Polls without waiting for the next scheduled poll. */
    void pollNow() {
        turns.forEach(Turn::restNoMore);
        poll();
    }

    /** Polls if messages are wanted and one of the queues is due. */
    void poll() {
        int wanted = consumer.wanted();
        if (polling || wanted == 0) {
            return;
        }
        turns.stream().filter(turn -> !turn.rests()).findFirst().ifPresent(turn -> poll(turn, wanted));
    }

    private void poll(Turn turn, int wanted) {
        turns.remove(turn);
        turns.add(turn);
        polling = true;
        channel.inWork().enter();
        turn.source
                .queue()
                .receive(wanted, channel.settings().polling().visibility())
                .onTermination()
                .invoke(() -> polling = false)
                .subscribe()
                .with(messages -> received(turn, messages), failure -> failed(turn, failure));
    }

    private void received(Turn turn, List<QueueMessageItem> messages) {
        if (channel.health().pollSucceeded(turn.queueName())) {
            LOG.infof("Channel %s polls queue %s again", channel.settings().channel(), turn.queueName());
        }
        try {
            consumer.deliver(turn.source, messages);
        } finally {
            channel.inWork().leave();
            turn.rest(messages.isEmpty() ? turn.pace.afterNothing() : turn.pace.afterMessages());
            poll();
        }
    }

    private void failed(Turn turn, Throwable failure) {
        if (channel.health().pollFailed(turn.queueName(), failure)) {
            LOG.warnf(
                    "Channel %s cannot poll queue %s and keeps trying: %s",
                    channel.settings().channel(), turn.queueName(), failure.getMessage());
        }
        channel.inWork().leave();
        turn.rest(turn.pace.afterFailure());
        poll();
    }

    /** One of the queues, and when it is its turn. */
    private final class Turn {
        private final IncomingChannel.Source source;
        private final PollBackoff pace;
        private long timer = ChannelContext.NO_TIMER;

        Turn(IncomingChannel.Source source) {
            this.source = source;
            this.pace = new PollBackoff(
                    channel.settings().polling().min(),
                    channel.settings().polling().max());
        }

        String queueName() {
            return source.queue().name();
        }

        boolean rests() {
            return timer != ChannelContext.NO_TIMER;
        }

        void rest(Duration time) {
            if (!time.isZero()) {
                timer = channel.context().after(time, this::wake);
            }
        }

        void restNoMore() {
            timer = channel.context().cancel(timer);
        }

        private void wake() {
            timer = ChannelContext.NO_TIMER;
            poll();
        }
    }

    /** Delay before the next poll: none while messages arrive, then doubling; longer after failures. */
    static final class PollBackoff {
        private static final Duration FIRST_AFTER_FAILURE = Duration.ofMillis(250);
        private static final Duration LONGEST_AFTER_FAILURE = Duration.ofSeconds(10);

        private final Duration min;
        private final Duration max;
        private Duration idle = Duration.ZERO;
        private Duration failing = Duration.ZERO;

        PollBackoff(Duration min, Duration max) {
            this.min = min;
            this.max = max;
        }

        Duration afterMessages() {
            failing = Duration.ZERO;
            idle = Duration.ZERO;
            return Duration.ZERO;
        }

        Duration afterNothing() {
            failing = Duration.ZERO;
            idle = doubled(idle, min, max);
            return idle;
        }

        Duration afterFailure() {
            failing = doubled(failing, FIRST_AFTER_FAILURE, LONGEST_AFTER_FAILURE);
            return failing;
        }

        private static Duration doubled(Duration now, Duration first, Duration last) {
            Duration next = now.isZero() ? first : now.multipliedBy(2);
            return next.compareTo(last) > 0 ? last : next;
        }
    }
}
