package io.freshet.azure.eventgrid;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.freshet.message.BlobCreated;

import java.util.List;

/** Stub. */
public final class BlobCreatedEvents {
    private BlobCreatedEvents() {}

    public static String write(List<BlobCreated> events, String account) {
        ArrayNode array = new ObjectMapper().createArrayNode();
        for (BlobCreated e : events) {
            var n = array.addObject()
                    .put("id", e.id())
                    .put("eventType", "Microsoft.Storage.BlobCreated")
                    .put("topic", account)
                    .put("subject", "/blobServices/default/containers/" + e.container() + "/blobs/" + e.blob())
                    .put("eventTime", e.time().toString());
            n.putObject("data")
                    .put("api", e.api())
                    .put("contentType", e.contentType())
                    .put("contentLength", e.contentLength());
        }
        return array.toString();
    }
}
