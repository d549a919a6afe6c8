package io.freshet.items;

import io.freshet.items.BlobMetadata.MetadataText;
import io.freshet.run.RunId;
import io.freshet.storage.BlobStore.Attributes;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.RunFiles;
import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * The index blob of a merge: its lease is the claim on the merge, its metadata record why it failed.
 *
 * @param failure null while it is open
 */
public record MergeIndex(@Nullable String failure) {

    /** Claimed by whoever merges the results. */
    public static String name(RunId run) {
        return RunFiles.folder(run) + "ctrl_merge";
    }

    /** Intermediate blob of a merge that is too wide for one step. */
    public static String group(RunId run, int generation, int group) {
        return groups(run, generation) + group;
    }

    /** Common prefix of the intermediate blobs of one execution's merge. */
    public static String groups(RunId run, int generation) {
        return RunFiles.folder(run) + "merge_" + generation + "_";
    }

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
