package io.freshet.items;

import io.freshet.run.WorkItem;
import io.freshet.storage.BlobStore.BlobInfo;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** What an input says of its item, and an output of its result. */
final class BlobMetadata {
    private static final String ATTEMPTS = "attempts";
    private static final String FAILURE = "failure";
    private static final String RESULT = "result";
    /** It is never cut, whatever its characters. */
    private static final int LONGEST_RESULT = 256;

    private BlobMetadata() {}

    /** Nothing before the first attempt has failed. */
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

    /** Nothing if the result is long. */
    static Map<String, String> ofResult(String result) {
        return result.length() > LONGEST_RESULT ? Map.of() : Map.of(RESULT, MetadataText.encode(result));
    }

    /** JSON text; null where only the output itself has it. */
    static @Nullable String result(BlobInfo output) {
        return text(output, RESULT);
    }

    private static @Nullable String text(BlobInfo blob, String key) {
        String text = blob.metadata().get(key);
        return text == null ? null : MetadataText.decode(text);
    }
}
