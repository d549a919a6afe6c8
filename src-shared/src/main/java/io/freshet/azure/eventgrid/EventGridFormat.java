package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.azure.identity.StorageAccount;
import io.freshet.event.BlobCreated;
import io.freshet.event.EventFormat;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Event Grid's form of events: read plain or in Base64, in its own schema or as CloudEvents 1.0, one event or an array. */
@Singleton
public final class EventGridFormat implements EventFormat {
    private static final String BLOB_CREATED = "Microsoft.Storage.BlobCreated";

    private static final String TOPIC = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local"
            + "/providers/Microsoft.Storage/storageAccounts/";

    private static final String VALIDATION = "Microsoft.EventGrid.SubscriptionValidationEvent";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** The rest is the blob's name, slashes included and not encoded. */
    private static final Pattern SUBJECT =
            Pattern.compile("/blobServices/default/containers/([^/]+)/blobs/(.+)", Pattern.DOTALL);

    private final Supplier<String> account;

    @Inject
    EventGridFormat(StorageAccount account) {
        this(account::name);
    }

    /** @param account name of the storage account that written events come from */
    public EventGridFormat(Supplier<String> account) {
        this.account = account;
    }

    @Override
    public Events read(String text) {
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

    @Override
    public Optional<String> validationCode(String text) {
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
            throw malformed("an event is not a JSON object", null);
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
            throw malformed("the time is not valid", e);
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
        return new Permanent(FailureCode.MALFORMED, "Not Event Grid events: " + why, cause);
    }

    /** A JSON array in Event Grid's own schema; what only the service knows is empty. */
    @Override
    public String write(List<BlobCreated> blobs) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        blobs.forEach(blob -> events.add(event(blob, account.get())));
        return events.toString();
    }

    private static ObjectNode event(BlobCreated blob, String account) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", TOPIC + account)
                .put("subject", "/blobServices/default/containers/" + blob.container() + "/blobs/" + blob.blob())
                .put("eventType", BLOB_CREATED)
                .put("id", blob.id())
                .put("eventTime", blob.time().toString())
                .put("dataVersion", "")
                .put("metadataVersion", "1")
                .set("data", data(blob, account));
    }

    private static ObjectNode data(BlobCreated blob, String account) {
        ObjectNode data = JsonNodeFactory.instance
                .objectNode()
                .put("api", blob.api())
                .put("clientRequestId", blob.id())
                .put("requestId", blob.id())
                .put("eTag", "")
                .put("contentType", blob.contentType())
                .put("contentLength", blob.contentLength())
                .put("blobType", "BlockBlob")
                .put("url", url(blob, account))
                .put("sequencer", "");
        data.putObject("storageDiagnostics").put("batchId", blob.id());
        return data;
    }

    private static String url(BlobCreated blob, String account) {
        String path = URLEncoder.encode(blob.blob(), StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2F", "/");
        return "https://" + account + ".blob.core.windows.net/" + blob.container() + "/" + path;
    }
}
