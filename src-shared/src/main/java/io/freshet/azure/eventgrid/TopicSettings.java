package io.freshet.azure.eventgrid;

import io.freshet.settings.WrongSettings;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
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
                schema(channel, config.getSchema()),
                config.getSource().orElse(channel),
                within(attribute(channel, "batch-size"), config.getBatchSize(), 1, 5000),
                Duration.ofMillis(within(attribute(channel, "linger"), config.getLinger(), 0, 60_000)),
                access);
    }

    private static EventSchema schema(String channel, String name) {
        return Arrays.stream(EventSchema.values())
                .filter(s -> s.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new WrongSettings(
                        attribute(channel, "schema") + " is '" + name + "' and has to be eventgrid or cloudevents"));
    }

    private static String attribute(String channel, String name) {
        return "Channel '" + channel + "': attribute '" + name + "'";
    }

    private static int within(String attribute, int value, int min, int max) {
        if (value < min || value > max) {
            throw new WrongSettings(attribute + " is " + value + " and has to be from " + min + " to " + max);
        }
        return value;
    }
}
