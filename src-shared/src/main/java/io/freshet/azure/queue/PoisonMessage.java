package io.freshet.azure.queue;

import com.azure.storage.queue.models.QueueMessageItem;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.freshet.azure.queue.StorageQueues.StorageQueue;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.IntFunction;
import java.util.regex.Pattern;

/**
 * The envelope of a message in the poison queue: where it came from, why it is there, and its original text. It always
 * fits into a message: first the reason is shortened, then the text, which is marked by {@code bodyTruncated}.
 */
record PoisonMessage(String queue, QueueMessageItem message, String reason, Instant failedAt) {
    private static final int SHORT_REASON = 512;

    /** Characters that XML, the format of the queue service, cannot represent. */
    private static final Pattern UNSPEAKABLE =
            Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\x{D7FF}\\x{E000}-\\x{FFFD}\\x{10000}-\\x{10FFFF}]");

    String toJson() {
        String body = StorageQueue.textOf(message);
        String told = UNSPEAKABLE.matcher(reason).replaceAll("?");
        int spoken = longest(told.length(), n -> envelope(prefix(told, n), body).toString());
        if (spoken >= Math.min(SHORT_REASON, told.length())) {
            return envelope(prefix(told, spoken), body).toString();
        }
        String brief = prefix(told, SHORT_REASON);
        int kept = longest(body.length(), n -> truncated(brief, prefix(body, n)));
        return truncated(brief, prefix(body, kept));
    }

    private String truncated(String shownReason, String shownBody) {
        return envelope(shownReason, shownBody).put("bodyTruncated", true).toString();
    }

    private ObjectNode envelope(String shownReason, String shownBody) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("queue", queue)
                .put("messageId", message.getMessageId())
                .put("reason", shownReason)
                .put("dequeueCount", message.getDequeueCount())
                .put("insertedAt", message.getInsertionTime().toInstant().toString())
                .put("failedAt", failedAt.toString())
                .put("body", shownBody);
    }

    /** The largest n up to {@code max} whose text fits, by halving; -1 if not even 0 does. */
    private static int longest(int max, IntFunction<String> text) {
        int fits = -1;
        int tooLong = max + 1;
        for (int n = max; fits + 1 < tooLong; n = fits + (tooLong - fits) / 2) {
            if (text.apply(n).getBytes(StandardCharsets.UTF_8).length <= StorageQueue.MAX_BYTES) {
                fits = n;
            } else {
                tooLong = n;
            }
        }
        return fits;
    }

    /** Never half a surrogate pair. */
    private static String prefix(String text, int length) {
        int end = Math.max(0, Math.min(length, text.length()));
        return text.substring(
                0, end > 0 && end < text.length() && Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end);
    }
}
