package io.freshet.items;

import io.freshet.items.BlobMetadata.MetadataText;
import io.freshet.run.WorkItem.Part;
import io.freshet.storage.BlobStore.BlobInfo;
import io.freshet.storage.BlobStore.LeaseState;
import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The index blob of a part. It exists as long as the part is open; its lease is the claim on the part; its metadata
 * record which bytes the part covers, how often it was attempted and why it finally failed. Its name counts from 1.
 */
final class PartIndex {
    private static final String KIND = "ctrl_input_";
    private static final Pattern NAME = Pattern.compile(".*/" + KIND + "([1-9]\\d{0,8})_(\\d{1,19})");

    private PartIndex() {}

    /** Common prefix of the names of all index blobs in a folder. */
    static String all(String folder) {
        return folder + KIND;
    }

    /** Prefix of the name of one item's index blob. */
    static String ofItem(String folder, int item) {
        return folder + KIND + (item + 1) + "_";
    }

    static String name(String folder, Part part) {
        return ofItem(folder, part.item()) + part.firstByte();
    }

    static Map<String, String> metadata(Part part, ItemIndex index) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("bytes", Long.toString(part.bytes()));
        metadata.put("firstline", Long.toString(part.firstLine()));
        metadata.put("lines", Long.toString(part.lines()));
        if (index.attempts() > 0) {
            metadata.put("attempts", Integer.toString(index.attempts()));
        }
        if (index.failure() != null) {
            metadata.put("failure", MetadataText.encode(index.failure()));
        }
        return metadata;
    }

    /**
     * Reads a listing entry with metadata; null if it is not an index blob. An expired lease counts as an attempt,
     * since its holder could not record it.
     */
    static @Nullable ItemIndex read(BlobInfo blob) {
        Matcher name = NAME.matcher(blob.name());
        Map<String, String> metadata = blob.metadata();
        if (!name.matches() || !metadata.keySet().containsAll(Set.of("bytes", "firstline", "lines"))) {
            return null;
        }
        Part part = new Part(
                Integer.parseInt(name.group(1)) - 1,
                Long.parseLong(name.group(2)),
                Long.parseLong(metadata.get("bytes")),
                Long.parseLong(metadata.get("firstline")),
                Long.parseLong(metadata.get("lines")));
        int attempts = Integer.parseInt(metadata.getOrDefault("attempts", "0"));
        String failure = metadata.get("failure");
        ItemIndex recorded = new ItemIndex(part, attempts, failure == null ? null : MetadataText.decode(failure));
        return blob.lease() == LeaseState.ABANDONED ? recorded.attempted() : recorded;
    }
}
