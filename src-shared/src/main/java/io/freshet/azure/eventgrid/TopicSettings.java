package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.azure.AttributeCheck;
import io.freshet.event.OutgoingEvent;
import io.freshet.settings.WrongSettings;

import java.time.Duration;
import java.util.Optional;

/** A channel's attributes, checked. Without an endpoint, events are dropped. */
record TopicSettings(
        String channel,
        Optional<String> endpoint,
        EventSchema schema,
        String source,
        int batchSize,
        Duration linger,
        Access access) {

    /** Key and token are secrets and are never printed. */
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
        AttributeCheck attribute = new AttributeCheck(channel);
        Optional<String> endpoint = config.getEndpoint().filter(e -> !e.isBlank());
        Access access = new Access(
                config.getAccessKey().filter(k -> !k.isBlank()),
                config.getSasToken().filter(t -> !t.isBlank()));
        if (endpoint.isPresent() && access.byIdentity() && !endpoint.get().startsWith("https:")) {
            throw new WrongSettings("Channel '" + channel + "': an identity is only sent over https; "
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

    /** The form in which events are written. */
    enum EventSchema {
        /** Event Grid's own. */
        EVENTGRID("application/json; charset=utf-8") {
            @Override
            ObjectNode envelope(OutgoingEvent event, String source) {
                return JsonNodeFactory.instance
                        .objectNode()
                        .put("id", event.id())
                        .put("eventType", event.type())
                        .put("subject", event.subject())
                        .put("eventTime", event.time().toString())
                        .put("dataVersion", "1");
            }
        },
        /** CloudEvents 1.0. */
        CLOUDEVENTS("application/cloudevents-batch+json; charset=utf-8") {
            @Override
            ObjectNode envelope(OutgoingEvent event, String source) {
                return JsonNodeFactory.instance
                        .objectNode()
                        .put("specversion", "1.0")
                        .put("id", event.id())
                        .put("source", event.source() == null ? source : event.source())
                        .put("type", event.type())
                        .put("subject", event.subject())
                        .put("time", event.time().toString())
                        .put("datacontenttype", "application/json");
            }
        };

        private final String contentType;

        EventSchema(String contentType) {
            this.contentType = contentType;
        }

        /** Content type of a request, which is always an array. */
        String contentType() {
            return contentType;
        }

        /** @param source used for events that name none */
        String write(OutgoingEvent event, String source, JsonNode data) {
            return envelope(event, source).set("data", data).toString();
        }

        abstract ObjectNode envelope(OutgoingEvent event, String source);
    }
}
