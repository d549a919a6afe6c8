package io.freshet.azure.storage;

import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobDownloadAsyncResponse;
import io.freshet.failure.FailureCode;
import io.freshet.failure.Permanent;
import io.freshet.failure.Transient;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import java.nio.ByteBuffer;

/**
 * Reads bodies of downloads into memory, never more than was requested, whatever the other side sends. The rest is not
 * read; an idle connection is closed after a while.
 */
final class Bodies {
    private static final int OK = 200;
    private static final int PARTIAL = 206;

    private Bodies() {}

    /** The requested range, fewer bytes at the end of the blob; of the pinned version, if one is pinned. */
    static Mono<byte[]> range(BlobDownloadAsyncResponse response, Range asked) {
        boolean partial = response.getStatusCode() == PARTIAL
                && begins(header(response, HttpHeaderName.CONTENT_RANGE), asked.offset());
        boolean whole = response.getStatusCode() == OK && asked.offset() == 0;
        if (!(partial || whole) || !fits(response, asked.length())) {
            return Mono.error(tooMuch());
        }
        return asked.etag() == null || isSame(asked.etag(), header(response, HttpHeaderName.ETAG))
                ? collected(response)
                : Mono.error(new Permanent(FailureCode.PRECONDITION_FAILED, "the blob has changed"));
    }

    /** @param etag null for any version */
    record Range(long offset, int length, @Nullable String etag) {}

    /** A whole blob that is no longer than {@code most}. */
    static Mono<byte[]> upTo(BlobDownloadAsyncResponse response, int most) {
        return fits(response, most) ? collected(response) : Mono.error(tooMuch());
    }

    private static boolean fits(BlobDownloadAsyncResponse response, int most) {
        long length = length(response);
        return length >= 0 && length <= most;
    }

    private static Mono<byte[]> collected(BlobDownloadAsyncResponse response) {
        byte[] bytes = new byte[(int) length(response)];
        ByteBuffer body = ByteBuffer.wrap(bytes);
        return response.getValue().doOnNext(chunk -> append(body, chunk)).then(Mono.fromSupplier(() -> {
            checkComplete(body);
            return bytes;
        }));
    }

    private static void append(ByteBuffer body, ByteBuffer chunk) {
        if (chunk.remaining() > body.remaining()) {
            throw tooMuch();
        }
        body.put(chunk);
    }

    private static void checkComplete(ByteBuffer body) {
        if (body.hasRemaining()) {
            throw new Transient(FailureCode.STORAGE_UNAVAILABLE, "the response ended early", null);
        }
    }

    /** The SDK gives ETags with their quotes in some places, and without in others. */
    private static boolean isSame(String etag, @Nullable String answered) {
        return answered != null && etag.replace("\"", "").equals(answered.replace("\"", ""));
    }

    private static boolean begins(@Nullable String contentRange, long offset) {
        return contentRange == null || contentRange.startsWith("bytes " + offset + "-");
    }

    /** The announced length; -1 if there is none. */
    private static long length(BlobDownloadAsyncResponse response) {
        String text = header(response, HttpHeaderName.CONTENT_LENGTH);
        return text != null && text.matches("\\d{1,18}") ? Long.parseLong(text) : -1;
    }

    private static @Nullable String header(BlobDownloadAsyncResponse response, HttpHeaderName name) {
        return response.getHeaders().getValue(name);
    }

    private static Permanent tooMuch() {
        return new Permanent(
                FailureCode.STORAGE_REFUSED, "the host sent more than was requested: it must be Azure Blob Storage");
    }
}
