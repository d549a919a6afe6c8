package io.freshet.azure.eventgrid;

import io.freshet.azure.Attribute;
import io.freshet.settings.WrongSettings;

import java.time.Duration;
import java.util.Optional;

/** A channel's attributes, checked. No endpoint means that events are dropped. */
record TopicSettings(
        String channel,
        Optional<String> endpoint,
        EventSchema schema,
        String source,
        int batchSize,
        Duration linger,
        Access access) {

    /** Key and token are secrets: never printed. */
    record Access(Optional<String> key, Optional<String> sasToken) {
        boolean byIdentity() {
            return key.isEmpty() && sasToken.isEmpty();
        }

        @Override
        public String toString() {
            return byIdentity() ? "identity" : key.isPresent() ? "access key" : "SAS token";
        }
    }

    /** Throws {@link WrongSettings} that names channel, attribute and remedy. */
    static TopicSettings of(AzureEventGridConnectorOutgoingConfiguration config) {
        String channel = config.getChannel();
        Attribute attribute = new Attribute(channel);
        Optional<String> endpoint = config.getEndpoint().filter(e -> !e.isBlank());
        Access access = new Access(
                config.getAccessKey().filter(k -> !k.isBlank()),
                config.getSasToken().filter(t -> !t.isBlank()));
        if (endpoint.isPresent() && access.byIdentity() && !endpoint.get().startsWith("https:")) {
            throw new WrongSettings("Channel '" + channel + "': identities are only shown over https; "
                    + "set access-key or sas-token, or an https endpoint");
        }
        return new TopicSettings(
                channel,
                endpoint,
                attribute.oneOf("schema", config.getSchema(), EventSchema.class),
                config.getSource().orElse(channel),
                attribute.within("batch-size", config.getBatchSize(), 1, 5000),
                Duration.ofMillis(attribute.within("linger", config.getLinger(), 0, 60_000)),
                access);
    }
}
