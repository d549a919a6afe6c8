package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.message.BlobCreated;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes events as the storage service does, for runs without Event Grid. */
public final class BlobCreatedEvents {
    private static final String TOPIC = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/local"
            + "/providers/Microsoft.Storage/storageAccounts/";

    private BlobCreatedEvents() {}

    /** One JSON array in Event Grid schema; {@link EventParser} reads it back. What only the service knows is empty. */
    public static String write(List<BlobCreated> blobs, String account) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        blobs.forEach(blob -> events.add(event(blob, account)));
        return events.toString();
    }

    private static ObjectNode event(BlobCreated blob, String account) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", TOPIC + account)
                .put("subject", "/blobServices/default/containers/" + blob.container() + "/blobs/" + blob.blob())
                .put("eventType", EventParser.BLOB_CREATED)
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
