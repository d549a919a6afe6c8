package io.freshet.azure.queue;

import io.freshet.azure.AttributeCheck;
import io.freshet.azure.queue.FailureStrategies.RetryStrategy;
import io.freshet.azure.queue.StorageQueues.StorageQueue.Creation;
import io.freshet.settings.WrongSettings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An incoming channel's attributes, checked.
 *
 * @param channel as configured, without the suffix of concurrent copies
 * @param queues at least one
 */
record IncomingSettings(
        String channel,
        List<String> queues,
        Creation creation,
        MessageEncoding encoding,
        Polling polling,
        Failing failing,
        Poisoning poisoning) {

    /** How messages are fetched. */
    record Polling(int batch, Duration visibility, Duration min, Duration max) {}

    /** How failed messages are handled. */
    record Failing(String strategy, int maxDequeueCount, Duration delay, Duration maxDelay) {
        /** Delay before the next attempt on a message that was received that many times; doubles each time. */
        Duration delayAfter(long dequeueCount) {
            int doublings = (int) Math.max(0, Math.min(dequeueCount - 1, 30));
            Duration wait = delay.multipliedBy(1L << doublings);
            return wait.compareTo(maxDelay) > 0 ? maxDelay : wait;
        }
    }

    /**
     * Where messages go that are no longer delivered.
     *
     * @param queue for messages of all queues; if absent, each queue has its own
     */
    record Poisoning(Optional<String> queue, Exhausted exhausted) {
        String queueOf(String source) {
            return queue.orElse(source + "-poison");
        }
    }

    /** What happens to a message whose consumers have died too often. */
    enum Exhausted {
        POISON,
        DELIVER
    }

    /** Throws {@link WrongSettings} that names channel, attribute and range. */
    static IncomingSettings of(AzureStorageQueueConnectorIncomingConfiguration config) {
        AttributeCheck attribute = new AttributeCheck(baseName(config.getChannel()));
        return new IncomingSettings(
                attribute.channel(),
                queues(config.getQueue().orElse(attribute.channel())),
                Creation.wanted(config.getCreateQueue()),
                attribute.oneOf("encoding", config.getEncoding(), MessageEncoding.class),
                polling(attribute, config),
                failing(attribute, config),
                new Poisoning(config.getPoisonQueue(), exhausted(attribute, config)));
    }

    private static List<String> queues(String names) {
        return Arrays.stream(names.split(",")).map(String::strip).distinct().toList();
    }

    /** With endless retries no message is ever exhausted. */
    private static Exhausted exhausted(
            AttributeCheck attribute, AzureStorageQueueConnectorIncomingConfiguration config) {
        Exhausted wanted = attribute.oneOf("exhausted", config.getExhausted(), Exhausted.class);
        return config.getFailureStrategy().equals(RetryStrategy.NAME) ? Exhausted.DELIVER : wanted;
    }

    /** Concurrent copies of a channel are named {@code name$1}, {@code name$2}. */
    static String baseName(String channel) {
        return channel.replaceFirst("\\$[0-9]+$", "");
    }

    private static Polling polling(AttributeCheck attribute, AzureStorageQueueConnectorIncomingConfiguration config) {
        return new Polling(
                attribute.within("batch-size", config.getBatchSize(), 1, 32),
                Duration.ofSeconds(attribute.within("visibility-timeout", config.getVisibilityTimeout(), 1, 604_800)),
                Duration.ofMillis(attribute.within("poll-interval-min", config.getPollIntervalMin(), 1, 3_600_000)),
                Duration.ofMillis(attribute.within(
                        "poll-interval-max", config.getPollIntervalMax(), config.getPollIntervalMin(), 3_600_000)));
    }

    private static Failing failing(AttributeCheck attribute, AzureStorageQueueConnectorIncomingConfiguration config) {
        return new Failing(
                config.getFailureStrategy(),
                attribute.within("max-dequeue-count", config.getMaxDequeueCount(), 1, Integer.MAX_VALUE),
                Duration.ofSeconds(attribute.within("retry-delay", config.getRetryDelay(), 0, 604_800)),
                Duration.ofSeconds(attribute.within(
                        "retry-delay-max", config.getRetryDelayMax(), config.getRetryDelay(), 604_800)));
    }
}
