package io.freshet.system.cluster;

import java.util.UUID;

/** Events as Event Grid puts them into a queue. */
public final class Events {
    private static final String FORM = """
            [{"topic": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/devstoreaccount1",
              "subject": "/blobServices/default/containers/%s/blobs/%s",
              "eventType": "Microsoft.Storage.BlobCreated", "id": "%s", "eventTime": "2026-11-23T12:00:00.1234567Z",
              "data": {"api": "PutBlob", "requestId": "r", "eTag": "0x1", "contentType": "application/x-ndjson; lines=2; rejected=0",
                "contentLength": 4, "blobType": "BlockBlob", "url": "http://127.0.0.1/devstoreaccount1/%s/%s", "sequencer": "1",
                "storageDiagnostics": {"batchId": "b"}},
              "dataVersion": "", "metadataVersion": "1"}]
            """;

    private static final String CLOUD_FORM = """
            {"specversion": "1.0", "type": "Microsoft.Storage.BlobCreated", "id": "%s", "time": "2026-11-23T12:00:00Z",
              "source": "/subscriptions/s/resourceGroups/g/providers/Microsoft.Storage/storageAccounts/devstoreaccount1",
              "subject": "/blobServices/default/containers/%s/blobs/%s",
              "data": {"api": "PutBlockList", "contentType": "application/x-ndjson; lines=2; rejected=0",
                "contentLength": 4, "blobType": "BlockBlob", "url": "http://127.0.0.1/devstoreaccount1/%s/%s"}}
            """;

    private Events() {}

    /** One of CloudEvents 1.0, not in an array. */
    public static String cloudBlobCreated(String container, String blob) {
        return CLOUD_FORM.formatted(UUID.randomUUID(), container, blob, container, blob);
    }

    public static String blobCreated(String container, String blob) {
        return FORM.formatted(container, blob, UUID.randomUUID(), container, blob);
    }
}
