package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How events are written. */
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

    /** Of a request, which is always an array. */
    String contentType() {
        return contentType;
    }

    /** @param source for events that name none */
    String write(OutgoingEvent event, String source, JsonNode data) {
        return envelope(event, source).set("data", data).toString();
    }

    abstract ObjectNode envelope(OutgoingEvent event, String source);
}
