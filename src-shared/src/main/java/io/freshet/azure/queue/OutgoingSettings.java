package io.freshet.azure.queue;

import io.freshet.azure.AttributeCheck;
import io.freshet.azure.queue.StorageQueue.Creation;
import io.freshet.settings.WrongSettings;

import java.time.Duration;

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
