package io.freshet.azure.queue;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Control over the incoming queue channels of this process; names are those of the configuration. */
@ApplicationScoped
public class QueueChannels {
    private static final Logger LOG = Logger.getLogger(QueueChannels.class);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final List<IncomingChannel> channels = new CopyOnWriteArrayList<>();

    /**
     * From now on nothing is received, whatever the application requests; messages in work stay in work.
     *
     * @throws IllegalArgumentException if there is no such channel
     */
    public void pause(String channel) {
        named(channel).forEach(IncomingChannel::pause);
    }

    /**
     * Receives again, at once.
     *
     * @throws IllegalArgumentException if there is no such channel
     */
    public void resume(String channel) {
        named(channel).forEach(IncomingChannel::resume);
    }

    /**
     * Stops receiving on all channels and completes when all messages in work are settled, or when the time is over,
     * which is logged; no time at all is fine. {@link #resume} starts a channel again.
     */
    public Uni<Void> drain(Duration atMost) {
        if (channels.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Void>> drained = channels.stream().map(IncomingChannel::drain).toList();
        return Uni.join()
                .all(drained)
                .andCollectFailures()
                .replaceWithVoid()
                .ifNoItem()
                .after(atMost.isPositive() ? atMost : AT_ONCE)
                .recoverWithUni(() -> overdue(atMost));
    }

    void add(IncomingChannel channel) {
        channels.add(channel);
    }

    List<IncomingChannel> all() {
        return channels;
    }

    private Uni<Void> overdue(Duration atMost) {
        LOG.warnf("Messages are still in work after %s; they come back after their visibility time-out", atMost);
        return Uni.createFrom().voidItem();
    }

    private List<IncomingChannel> named(String name) {
        List<IncomingChannel> found = channels.stream()
                .filter(c -> c.settings().channel().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("No incoming queue channel '" + name + "'; there are "
                    + channels.stream()
                            .map(c -> c.settings().channel())
                            .distinct()
                            .toList());
        }
        return found;
    }
}
