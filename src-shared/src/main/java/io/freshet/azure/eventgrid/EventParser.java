package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.message.BlobCreated;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Stub. */
public final class EventParser {
    private EventParser() {}

    public static List<BlobCreated> parse(String text) {
        try {
            List<BlobCreated> events = new ArrayList<>();
            for (JsonNode n : new ObjectMapper().readTree(text)) {
                String[] s = n.path("subject").asText().split("/", 7);
                events.add(new BlobCreated(
                        n.path("id").asText(),
                        s[4],
                        s[6],
                        n.path("data").path("contentType").asText(),
                        0,
                        "PutBlob",
                        Instant.parse(n.path("eventTime").asText())));
            }
            return events;
        } catch (IOException e) {
            throw new Permanent(FailureCode.MALFORMED, "bad", e);
        }
    }
}
