package io.freshet.items;

import io.freshet.run.WorkItem;
import io.freshet.storage.BlobStore.BlobInfo;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Metadata of inputs, about their items, and of outputs, about their results. */
final class BlobMetadata {
    private static final String ATTEMPTS = "attempts";
    private static final String FAILURE = "failure";
    private static final String RESULT = "result";
    /** Short enough never to be truncated, whatever its characters. */
    private static final int LONGEST_RESULT = 256;

    private BlobMetadata() {}

    /** Empty until the first attempt has failed. */
    static Map<String, String> of(ItemIndex index) {
        Map<String, String> metadata = new HashMap<>();
        if (index.attempts() > 0) {
            metadata.put(ATTEMPTS, Integer.toString(index.attempts()));
        }
        if (index.failure() != null) {
            metadata.put(FAILURE, MetadataText.encode(index.failure()));
        }
        return metadata;
    }

    static ItemIndex index(WorkItem item, BlobInfo input) {
        int attempts = Integer.parseInt(input.metadata().getOrDefault(ATTEMPTS, "0"));
        return new ItemIndex(item, attempts, text(input, FAILURE));
    }

    /** Empty if the result is long. */
    static Map<String, String> ofResult(String result) {
        return result.length() > LONGEST_RESULT ? Map.of() : Map.of(RESULT, MetadataText.encode(result));
    }

    /** JSON text; null if only the output itself has it. */
    static @Nullable String result(BlobInfo output) {
        return text(output, RESULT);
    }

    private static @Nullable String text(BlobInfo blob, String key) {
        String text = blob.metadata().get(key);
        return text == null ? null : MetadataText.decode(text);
    }

    /**
     * Text in blob metadata. Metadata are sent as HTTP headers, so the text is encoded as Base64 and truncated at 1
     * KiB.
     */
    static final class MetadataText {
        private static final int MAX_BYTES = 1024;

        private MetadataText() {}

        static String encode(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            int length = Utf8.beginning(bytes, 0, bytes.length, MAX_BYTES);
            return Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, length));
        }

        /** Text that a foreign worker has written without Base64 is returned as it is. */
        static String decode(String text) {
            try {
                return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                return text;
            }
        }
    }
}
