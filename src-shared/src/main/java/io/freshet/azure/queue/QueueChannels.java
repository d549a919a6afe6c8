package io.freshet.azure.queue;

import io.freshet.queue.MessageChannels;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** Controls the queue channels of this process by their configured names. */
@ApplicationScoped
public class QueueChannels implements MessageChannels {
    private static final Logger LOG = Logger.getLogger(QueueChannels.class);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final List<IncomingChannel> incoming = new CopyOnWriteArrayList<>();
    private final List<OutgoingChannel> outgoing = new CopyOnWriteArrayList<>();

    /**
     * Stops receiving, whatever the application requests; messages in flight stay in flight.
     *
     * @throws IllegalArgumentException if there is no such channel
     */
    public void pause(String channel) {
        named(channel).forEach(IncomingChannel::pause);
    }

    /**
     * Resumes receiving at once.
     *
     * @throws IllegalArgumentException if there is no such channel
     */
    public void resume(String channel) {
        named(channel).forEach(IncomingChannel::resume);
    }

    /** As the port says; {@link #resume} starts a channel again. */
    @Override
    public Uni<Void> drain(Duration atMost) {
        return each(incoming, IncomingChannel::drain)
                .chain(() -> each(outgoing, OutgoingChannel::idle))
                .ifNoItem()
                .after(atMost.isPositive() ? atMost : AT_ONCE)
                .recoverWithUni(() -> overdue(atMost));
    }

    private static <T> Uni<Void> each(List<T> channels, Function<T, Uni<? extends Void>> wait) {
        return Multi.createFrom()
                .iterable(channels)
                .onItem()
                .transformToUni(wait)
                .merge()
                .onItem()
                .ignoreAsUni();
    }

    void add(IncomingChannel channel) {
        incoming.add(channel);
    }

    void add(OutgoingChannel channel) {
        outgoing.add(channel);
    }

    List<IncomingChannel> incoming() {
        return incoming;
    }

    private Uni<Void> overdue(Duration atMost) {
        LOG.warnf(
                "After %s messages are still in flight or being sent; those in flight will be delivered again after their visibility time-out",
                atMost);
        return Uni.createFrom().voidItem();
    }

    private List<IncomingChannel> named(String name) {
        List<IncomingChannel> found = incoming.stream()
                .filter(c -> c.settings().channel().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("No incoming queue channel '" + name + "'; there are "
                    + incoming.stream()
                            .map(c -> c.settings().channel())
                            .distinct()
                            .toList());
        }
        return found;
    }
}
