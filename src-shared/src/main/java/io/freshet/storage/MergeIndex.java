package io.freshet.storage;

import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * The index blob of a merge: its lease is the claim on the merge, its metadata say why it cannot be done.
 *
 * @param failure null while it is open
 */
public record MergeIndex(@Nullable String failure) {

    public static MergeIndex open() {
        return new MergeIndex(null);
    }

    public static MergeIndex failed(String reason) {
        return new MergeIndex(reason);
    }

    public static MergeIndex of(BlobInfo blob) {
        String failure = blob.metadata().get("failure");
        return new MergeIndex(failure == null ? null : MetadataText.decode(failure));
    }

    public Attributes attributes() {
        return new Attributes("text/plain", metadata());
    }

    public Map<String, String> metadata() {
        return failure == null ? Map.of() : Map.of("failure", MetadataText.encode(failure));
    }
}
