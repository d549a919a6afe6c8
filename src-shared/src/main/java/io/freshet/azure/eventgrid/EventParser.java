package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.message.BlobCreated;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what Event Grid delivers: plain or Base64, Event Grid schema or CloudEvents 1.0, one event or an array.
 */
public final class EventParser {
    static final String BLOB_CREATED = "Microsoft.Storage.BlobCreated";

    private static final String VALIDATION = "Microsoft.EventGrid.SubscriptionValidationEvent";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The blob's name is all of the rest, slashes included, as it is: nothing in it is encoded. */
    private static final Pattern SUBJECT =
            Pattern.compile("/blobServices/default/containers/([^/]+)/blobs/(.+)", Pattern.DOTALL);

    private EventParser() {}

    /**
     * What a text tells of.
     *
     * @param others events of other types
     * @param unreadable events that lack what they should have; never all of them
     */
    public record Events(List<BlobCreated> blobs, int others, int unreadable) {
        public Events {
            blobs = List.copyOf(blobs);
        }
    }

    /**
     * Reads all that can be read: an event that cannot keeps no other from counting.
     *
     * @throws Permanent MALFORMED, if there is no event in it that can be read, and it is no empty array; the text is not
     *     quoted
     */
    public static Events read(String text) {
        JsonNode root = tree(plain(text.strip()));
        List<JsonNode> events = new ArrayList<>();
        (root.isArray() ? root : List.of(root)).forEach(events::add);
        List<BlobCreated> blobs = new ArrayList<>();
        Permanent wrong = null;
        int unreadable = 0;
        for (JsonNode event : events) {
            try {
                blob(event).ifPresent(blobs::add);
            } catch (Permanent e) {
                wrong = e;
                unreadable++;
            }
        }
        if (wrong != null && unreadable == events.size()) {
            throw wrong;
        }
        return new Events(blobs, events.size() - blobs.size() - unreadable, unreadable);
    }

    /** The code with which Event Grid asks whether an endpoint wants its events; empty for events of any other type. */
    public static Optional<String> validationCode(String text) {
        if (!text.contains(VALIDATION)) {
            return Optional.empty();
        }
        JsonNode root = tree(text);
        JsonNode event = root.isArray() ? root.path(0) : root;
        String code = event.path("data").path("validationCode").asText();
        return event.path("eventType").asText().equals(VALIDATION) && !code.isEmpty()
                ? Optional.of(code)
                : Optional.empty();
    }

    private static Optional<BlobCreated> blob(JsonNode event) {
        return type(event).equals(BLOB_CREATED) ? Optional.of(created(event)) : Optional.empty();
    }

    private static BlobCreated created(JsonNode event) {
        Matcher subject = SUBJECT.matcher(required(event, "subject"));
        if (!subject.matches()) {
            throw malformed("the subject names no blob", null);
        }
        JsonNode data = event.path("data");
        return new BlobCreated(
                required(event, "id"),
                subject.group(1),
                subject.group(2),
                data.path("contentType").asText(""),
                data.path("contentLength").asLong(0),
                data.path("api").asText(""),
                time(required(event, event.has("specversion") ? "time" : "eventTime")));
    }

    private static String type(JsonNode event) {
        if (!event.isObject()) {
            throw malformed("an event is no JSON object", null);
        }
        return required(event, event.has("specversion") ? "type" : "eventType");
    }

    private static String required(JsonNode event, String field) {
        String value = event.path(field).textValue();
        if (value == null || value.isEmpty()) {
            throw malformed("'" + field + "' is missing", null);
        }
        return value;
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw malformed("the time is none", e);
        }
    }

    private static String plain(String text) {
        if (text.startsWith("[") || text.startsWith("{")) {
            return text;
        }
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("neither JSON nor Base64", e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw malformed("not JSON", null);
        }
    }

    private static Permanent malformed(String why, @Nullable Throwable cause) {
        return new Permanent(FailureCode.MALFORMED, "No Event Grid events: " + why, cause);
    }
}
