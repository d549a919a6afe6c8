package io.freshet.event;

import java.time.Instant;

/**
 * A blob was committed, according to storage ({@code Microsoft.Storage.BlobCreated}). Delivered at least once, in no
 * order, and possibly several times for one blob.
 *
 * @param id id of the event, which may be delivered twice
 * @param container container of the blob
 * @param blob name inside the container
 * @param contentType as written with the blob
 * @param contentLength bytes
 * @param api storage operation, such as {@code PutBlob} or {@code PutBlockList}
 */
public record BlobCreated(
        String id, String container, String blob, String contentType, long contentLength, String api, Instant time) {}
